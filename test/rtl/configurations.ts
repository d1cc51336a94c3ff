/**
 * Which configurations tests of the hardware build. Every one takes a build of its own, so the default
 * run has the smallest one; `npm run test:rtl` has them all.
 */
const SMALLEST = "tiny";

export const testsEveryConfiguration = process.env.TERNAC_TEST_CONFIGURATIONS === "all";

/** Those of some cases, each with the name of its configuration, that this run is to test. */
export function casesToTest<Case extends { readonly name: string }>(
  cases: readonly Case[],
): Case[] {
  return cases.filter(({ name }) => testsEveryConfiguration || name === SMALLEST);
}
