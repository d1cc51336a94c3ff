/** Constants that scripts/kernels.mjs defines for a compilation, from isa/*.yaml. */
declare const FRACTION_BITS: i32;
declare const ABSMAX_FLOOR: i32;
declare const ACTIVATION_MAX: i32;
declare const TABLE_FRACTION_BITS: i32;
declare const EXP_INDEX_BITS: i32;
declare const EXP_INTERPOLATION_BITS: i32;
declare const SIG_LIMIT: i32;
declare const SIG_STEP_BITS: i32;
declare const LOG2E: i32;
/** 0 = standard SIMD, 1 = relaxed dot, 2 = relaxed dot with addition */
declare const VARIANT: i32;
