import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile, compileMlgru, randomMlgru } from "../../src/compiler/index.js";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import type { Packing } from "../../src/ternary/packing.js";
import { testModel } from "./models.js";

/**
 * What the compiler writes for tiny models, to be read in a review. A case is a file in golden/:
 * NAME.json with the configuration, the packing, and either keys of config.json that differ from the
 * tests' tiny model, or the widths of an MLGRU. `npx vitest -u` writes NAME.ir and NAME.tasm anew.
 */
interface Case {
  readonly configuration: string;
  readonly packing: Packing;
  readonly model?: Record<string, unknown>;
  readonly mlgru?: { readonly width: number; readonly stateWidth: number; readonly seed: number };
}

const folder = new URL("golden/", import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.replace(/\.json$/, ""));

describe.each(names)("%s", (name) => {
  const given = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Case;
  const configuration = CONFIGURATIONS.find((found) => found.name === given.configuration)!;
  const options = { configuration, packing: given.packing, name };

  test("is compiled to the expected representation and assembly", async () => {
    const compiled = given.mlgru
      ? await compileMlgru(
          randomMlgru(given.mlgru.width, given.mlgru.stateWidth, given.mlgru.seed),
          options,
        )
      : await compile(testModel(given.model ?? {}).checkpoint, options);
    await expect(compiled.ir()).toMatchFileSnapshot(`golden/${name}.ir`);
    await expect(compiled.assembly).toMatchFileSnapshot(`golden/${name}.tasm`);
  });
});
