import { tensorOf } from "../ir/types.js";
import { rowBytes } from "../layout/data-plan.js";
import type { MachineCode } from "../registers/machine-code.js";
import { STATE_STRIDE } from "./addressing.js";
import type { EmitContext } from "./context.js";
import { emitRegion } from "./region.js";

/** Software traps of a compiled program; docs/compiler.md tells them to users. */
export const TRAPS = { TRAP_TOKEN: 1, TRAP_ENTRY: 2 } as const;

/** The recurrent state of every layer becomes zero. */
function emitReset({ program, text }: EmitContext): void {
  const state = [...program.tensors.values()].find((tensor) => tensor.kind === "state");
  if (state?.kind !== "state") return;
  text.instruction("setvli", [String(state.length)]);
  text.instruction("splat", ["v0", "x0"]);
  text.instruction("li", ["layer_state", state.name]);
  if (state.layers === 1) {
    text.instruction("sv", ["(layer_state)", "v0"]);
    return;
  }
  text.instruction("li", ["trips_left", String(state.layers)]);
  text.label("reset");
  text.instruction("sv", ["(layer_state)", "v0"]);
  text.instruction("addi", ["layer_state", "layer_state", STATE_STRIDE]);
  text.instruction("addi", ["trips_left", "trips_left", "-1"]);
  text.instruction("bnez", ["trips_left", "reset"]);
}

/** Takes an entry of the input queue apart. */
function emitEntry(context: EmitContext): void {
  const { text, addressing } = context;
  text.label("_start");
  text.label("next_entry");
  text.instruction("deq", ["entry"]);
  text.instruction("bltz", ["entry", "finish"], "bit 63: halt");
  text.instruction("slli", ["scratch", "entry", "2"]);
  text.instruction("srli", ["scratch", "scratch", "50"], "bits 61:48 must be zero");
  text.instruction("bnez", ["scratch", "bad_entry"]);
  text.instruction("slli", ["token", "entry", "32"]);
  text.instruction("srli", ["token", "token", "32"], "bits 31:0: token");
  text.instruction("srli", ["count", "entry", "32"]);
  text.instruction("slli", ["count", "count", "48"]);
  text.instruction("srli", ["count", "count", "48"], "bits 47:32: count");
  text.instruction("ld", ["stop_token", addressing.fixed("control")]);
  text.instruction("slli", ["scratch", "entry", "1"]);
  text.instruction("bgez", ["scratch", "step"], "bit 62: reset");
  emitReset(context);
}

/**
 * Emits the program: for every entry of the input queue, a step for its token and one for each token
 * that it produces but the last (docs/program-interface.md).
 * @param codes the code of the program's regions, in order: the embedding, the layers, the head, and
 *   what makes logits of it
 */
export function emitTokenLoop(context: EmitContext, codes: readonly MachineCode[]): void {
  const { program, text } = context;
  const [embed, layers, ...head] = program.regions;
  const table = embed?.graph.nodes.find((node) => node.op === "embed");
  if (!embed || !layers || table?.op !== "embed") throw new Error("no embedding in the program");
  const { rows, length, storage } = tensorOf(program, table.table, "table");

  text.line(".text");
  emitEntry(context);
  text.line();
  text.comment("one step: the token through all layers");
  text.label("step");
  text.instruction("li", ["scratch", String(rows)]);
  text.instruction("bgeu", ["token", "scratch", "bad_token"]);
  text.instruction("li", ["address", String(rowBytes(length, storage))]);
  text.instruction("mul", ["address", "address", "token"]);
  text.instruction("li", ["scratch", table.table]);
  text.instruction("add", ["address", "address", "scratch"]);
  emitRegion(context, embed, codes[0]!);
  emitRegion(context, layers, codes[1]!);
  text.instruction("beqz", ["count", "next_entry"], "nothing to produce");
  head.forEach((region, i) => {
    if (i === 1) {
      text.instruction("li", ["best_logit", "-0x80000001"], "below every logit");
      text.instruction("li", ["best_token", "0"]);
    }
    emitRegion(context, region, codes[2 + i]!);
  });
  text.line();
  text.instruction("enq", ["best_token"]);
  text.instruction("addi", ["count", "count", "-1"]);
  text.instruction("beqz", ["count", "next_entry"]);
  text.instruction("beq", ["best_token", "stop_token", "next_entry"]);
  text.instruction("mv", ["token", "best_token"]);
  text.instruction("j", ["step"]);
  text.line();
  text.label("finish");
  text.instruction("halt", []);
  text.label("bad_token");
  text.instruction("trap", ["TRAP_TOKEN"]);
  text.label("bad_entry");
  text.instruction("trap", ["TRAP_ENTRY"]);
}
