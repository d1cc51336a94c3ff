/**
 * The inner loop of the product, in three variants of which a module has one: add the products of one
 * block's weights and int8 activations to eight rows' int32x4 sums. The sums of rows are scaled by
 * 4^j where codes are not shifted to the end of their byte: `unscaled` takes that out.
 *
 * @param weights 2 bytes a column, see decode.ts
 * @param x activations
 * @param columns a multiple of 16, at most CHUNK
 * @param sums 8 x 16 bytes
 */

/** Columns after which 16-bit sums could overflow: 16 steps of at most 2 * 128 * 8. */
export const CHUNK: usize = 256;

export function addChunk(weights: usize, x: usize, columns: usize, sums: usize): void {
  if (VARIANT == 2) relaxedDotAdd(weights, x, columns, sums);
  else if (VARIANT == 1) relaxedDot(weights, x, columns, sums);
  else standard(weights, x, columns, sums);
}

/** Four rows' whole sums without the scale of their codes. */
export function unscaled(sums: v128): v128 {
  if (VARIANT == 0) {
    // Exact: row j's sum is a multiple of 4^j.
    sums = v128.shuffle<i32>(sums, i32x4.shr_s(sums, 4), 0, 1, 6, 7);
  }
  return v128.shuffle<i32>(sums, i32x4.shr_s(sums, 2), 0, 5, 2, 7);
}

/** int8 x uint7 products added in pairs to int16. */
function relaxedDot(weights: usize, x: usize, columns: usize, sums: usize): void {
  const low = i8x16.splat(3);
  const high = i8x16.splat(12);
  let a0 = i16x8.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  for (const end = x + columns; x < end; x += 16, weights += 32) {
    const v = v128.load(x);
    let a = v128.load(weights);
    let b = v128.load(weights, 16);
    a0 = i16x8.add(a0, i16x8.relaxed_dot_i8x16_i7x16_s(v, v128.and(a, low)));
    a1 = i16x8.add(a1, i16x8.relaxed_dot_i8x16_i7x16_s(v, v128.and(a, high)));
    a = i16x8.shr_u(a, 4);
    a2 = i16x8.add(a2, i16x8.relaxed_dot_i8x16_i7x16_s(v, v128.and(a, low)));
    a3 = i16x8.add(a3, i16x8.relaxed_dot_i8x16_i7x16_s(v, v128.and(a, high)));
    b0 = i16x8.add(b0, i16x8.relaxed_dot_i8x16_i7x16_s(v, v128.and(b, low)));
    b1 = i16x8.add(b1, i16x8.relaxed_dot_i8x16_i7x16_s(v, v128.and(b, high)));
    b = i16x8.shr_u(b, 4);
    b2 = i16x8.add(b2, i16x8.relaxed_dot_i8x16_i7x16_s(v, v128.and(b, low)));
    b3 = i16x8.add(b3, i16x8.relaxed_dot_i8x16_i7x16_s(v, v128.and(b, high)));
  }
  addPairs(sums, a0);
  addPairs(sums + 16, a1);
  addPairs(sums + 32, a2);
  addPairs(sums + 48, a3);
  addPairs(sums + 64, b0);
  addPairs(sums + 80, b1);
  addPairs(sums + 96, b2);
  addPairs(sums + 112, b3);
}

function addPairs(sum: usize, pairs: v128): void {
  v128.store(sum, i32x4.add(v128.load(sum), i32x4.extadd_pairwise_i16x8_s(pairs)));
}

/** Four int8 x uint7 products added to an int32. */
function relaxedDotAdd(weights: usize, x: usize, columns: usize, sums: usize): void {
  const low = i8x16.splat(3);
  const high = i8x16.splat(12);
  let a0 = i32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  for (const end = x + columns; x < end; x += 16, weights += 32) {
    const v = v128.load(x);
    let a = v128.load(weights);
    let b = v128.load(weights, 16);
    a0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v, v128.and(a, low), a0);
    a1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v, v128.and(a, high), a1);
    a = i16x8.shr_u(a, 4);
    a2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v, v128.and(a, low), a2);
    a3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v, v128.and(a, high), a3);
    b0 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v, v128.and(b, low), b0);
    b1 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v, v128.and(b, high), b1);
    b = i16x8.shr_u(b, 4);
    b2 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v, v128.and(b, low), b2);
    b3 = i32x4.relaxed_dot_i8x16_i7x16_add_s(v, v128.and(b, high), b3);
  }
  addTo(sums, a0);
  addTo(sums + 16, a1);
  addTo(sums + 32, a2);
  addTo(sums + 48, a3);
  addTo(sums + 64, b0);
  addTo(sums + 80, b1);
  addTo(sums + 96, b2);
  addTo(sums + 112, b3);
}

function addTo(sum: usize, a: v128): void {
  v128.store(sum, i32x4.add(v128.load(sum), a));
}

/** Even and odd columns apart, as the two bytes of 16-bit lanes. */
function standard(weights: usize, x: usize, columns: usize, sums: usize): void {
  halfBlock(weights, x, columns, sums);
  halfBlock(weights + 16, x, columns, sums + 64);
}

function halfBlock(weights: usize, x: usize, columns: usize, sums: usize): void {
  const m0 = i16x8.splat(0x03);
  const m1 = i16x8.splat(0x0c);
  const m2 = i16x8.splat(0x30);
  const m3 = i16x8.splat(0xc0);
  let a0 = v128.load(sums);
  let a1 = v128.load(sums, 16);
  let a2 = v128.load(sums, 32);
  let a3 = v128.load(sums, 48);
  for (const end = x + columns; x < end; x += 16, weights += 32) {
    const v = v128.load(x);
    const even = i16x8.shr_s(i16x8.shl(v, 8), 8);
    const odd = i16x8.shr_s(v, 8);
    const w = v128.load(weights);
    const u = i16x8.shr_u(w, 8);
    a0 = i32x4.add(a0, i32x4.dot_i16x8_s(even, v128.and(w, m0)));
    a1 = i32x4.add(a1, i32x4.dot_i16x8_s(even, v128.and(w, m1)));
    a2 = i32x4.add(a2, i32x4.dot_i16x8_s(even, v128.and(w, m2)));
    a3 = i32x4.add(a3, i32x4.dot_i16x8_s(even, v128.and(w, m3)));
    a0 = i32x4.add(a0, i32x4.dot_i16x8_s(odd, v128.and(u, m0)));
    a1 = i32x4.add(a1, i32x4.dot_i16x8_s(odd, v128.and(u, m1)));
    a2 = i32x4.add(a2, i32x4.dot_i16x8_s(odd, v128.and(u, m2)));
    a3 = i32x4.add(a3, i32x4.dot_i16x8_s(odd, v128.and(u, m3)));
  }
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, a2, 32);
  v128.store(sums, a3, 48);
}
