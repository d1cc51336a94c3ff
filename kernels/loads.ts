/** Loads that widen: d = sat32(a * 2^shift). Pointers to int32 elements are 16-byte aligned. */
import { storeFirst } from "./numbers";

function saturatingShift(a: v128, shift: i32): v128 {
  const result = i32x4.shl(a, shift);
  const limit = v128.xor(i32x4.shr_s(a, 31), i32x4.splat(i32.MAX_VALUE));
  return v128.bitselect(result, limit, i32x4.eq(i32x4.shr_s(result, shift), a));
}

/** @param a n int8 values, with room for four */
export function widen8(d: usize, a: usize, n: i32, shift: i32): void {
  for (; n > 0; n -= 4, d += 16, a += 4) {
    const values = i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(a)));
    storeFirst(d, saturatingShift(values, shift), n);
  }
}

/** @param a n int16 values, with room for four */
export function widen16(d: usize, a: usize, n: i32, shift: i32): void {
  for (; n > 0; n -= 4, d += 16, a += 8)
    storeFirst(d, saturatingShift(v128.load_ext<i16>(a), shift), n);
}

/** n elements as they are. @param a aligned to 16 bytes */
export function copy(d: usize, a: usize, n: i32): void {
  for (; n >= 16; n -= 16, d += 64, a += 64) {
    v128.store(d, v128.load(a));
    v128.store(d, v128.load(a, 16), 16);
    v128.store(d, v128.load(a, 32), 32);
    v128.store(d, v128.load(a, 48), 48);
  }
  for (; n > 0; n -= 4, d += 16, a += 16) storeFirst(d, v128.load(a), n);
}
