/** What bin/run.js runs: oclif, bundled, because its hundred modules cost half of the start-up. */
export { execute } from "@oclif/core/execute";
