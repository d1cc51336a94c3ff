/**
 * Packed weights to the layout of the product. There, a weight w is the 2-bit code w + 1. Eight rows are
 * a block of 2 bytes a column: the byte at 32g + 16h + k, h in 0..1 and k in 0..15, holds the codes of
 * column 16g + k in rows 4h + j, j in 0..3, at bits 2j.
 *
 * @param packed row groups of 4 or 5 rows, one byte a column, one every `stride` bytes
 * @param groups an even number starts the next call at a block of t4, 8 at one of t5
 * @param columns a multiple of 16
 * @param out blocks, one every 2 * columns bytes; rows past the last group have any codes
 */
export function decode4(
  packed: usize,
  stride: usize,
  groups: i32,
  columns: usize,
  out: usize,
): void {
  const ones = i8x16.splat(0x55);
  for (let group = 0; group < groups; group++) {
    const from = packed + <usize>group * stride;
    const to = out + <usize>(group >> 1) * (columns << 1) + ((<usize>(group & 1)) << 4);
    for (let k: usize = 0; k < columns; k += 16) {
      // A field is 00, 01 or 11 (10 counts as 00) and becomes 01, 10 or 00.
      const field = v128.load(from + k);
      const low = v128.and(field, ones);
      const high = v128.and(i16x8.shr_u(field, 1), ones);
      const two = i16x8.shl(v128.andnot(low, high), 1);
      v128.store(to + (k << 1), v128.or(v128.andnot(ones, low), two));
    }
  }
}

export function decode5(
  packed: usize,
  stride: usize,
  groups: i32,
  columns: usize,
  out: usize,
): void {
  for (let k: usize = 0; k < columns; k += 16) {
    let codes = i8x16.splat(0);
    let row = 0;
    for (let group = 0; group < groups; group++) {
      let rest = v128.load(packed + <usize>group * stride + k);
      rest = v128.and(rest, i8x16.lt_u(rest, i8x16.splat(<i8>243)));
      for (let digit = 0; digit < 5; digit++, row++) {
        const quotient = third(rest);
        // The digits 0, 1 and 2 are the codes 1, 2 and 0.
        const remainder = i8x16.sub(rest, i8x16.add(quotient, i8x16.add(quotient, quotient)));
        const code = v128.andnot(
          i8x16.add(remainder, i8x16.splat(1)),
          i8x16.eq(remainder, i8x16.splat(2)),
        );
        rest = quotient;
        codes = v128.or(codes, i16x8.shl(code, (row & 3) << 1));
        if ((row & 3) == 3) {
          storeCodes(out, columns, k, row, codes);
          codes = i8x16.splat(0);
        }
      }
    }
    if (row & 3) storeCodes(out, columns, k, row, codes);
  }
}

/** Store a column group's codes of the four rows that `row` is one of. */
function storeCodes(out: usize, columns: usize, k: usize, row: i32, codes: v128): void {
  const half = (<usize>((row >> 2) & 1)) << 4;
  v128.store(out + <usize>(row >> 3) * (columns << 1) + (k << 1) + half, codes);
}

/** floor(x / 3) of bytes */
function third(x: v128): v128 {
  const factor = i16x8.splat(171); // 171 / 512 is close enough to 1 / 3 below 256
  const low = i16x8.shr_u(i16x8.mul(i16x8.extend_low_i8x16_u(x), factor), 9);
  const high = i16x8.shr_u(i16x8.mul(i16x8.extend_high_i8x16_u(x), factor), 9);
  return i8x16.narrow_i16x8_u(low, high);
}
