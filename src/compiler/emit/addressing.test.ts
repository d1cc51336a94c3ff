import { expect, test } from "vitest";
import { testModel } from "../../../test/compiler/models.js";
import { hgrnBit } from "../frontends/hgrnbit.js";
import { Addressing } from "./addressing.js";
import { AssemblyText } from "./text.js";

const { config, checkpoint } = testModel({});
const program = await hgrnBit("test", config, checkpoint, { vlmax: 2048, packing: "t4" });
const [, layers, head] = program.regions;

test("addresses that the immediate reaches are in it", () => {
  const text = new AssemblyText();
  const addressing = new Addressing(program, "t4", text, 2 ** 31 - 1);
  expect(addressing.constant(head!, "model.norm.weight")).toBe("model.norm.weight(x0)");
  expect(addressing.matrix(head!, "lm_head.weight", 16)).toBe("lm_head.weight + 256(x0)");
  expect(text.instructions).toBe(0);
});

test("in more DRAM than the immediate reaches, they are loaded first", () => {
  const text = new AssemblyText();
  const addressing = new Addressing(program, "t4", text, 2 ** 31);
  expect(addressing.constant(head!, "model.norm.weight")).toBe("(address)");
  expect(text.toString()).toMatch(/la +address, model\.norm\.weight\n/);
  // A layer's tensors are near their base, wherever that is.
  expect(addressing.constant(layers!, "mlp_norm.weight")).toBe("layer.mlp_norm.weight(layer_data)");
  expect(text.instructions).toBe(1);
});
