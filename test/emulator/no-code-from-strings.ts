/** Runs a loop where the host forbids code from strings; blocks.test.ts starts it. */
import { Emulator } from "../../src/emulator/index.js";
import { image } from "./images.js";

const emulator = new Emulator({ threads: 1, compileAfter: 1 });
await emulator.load(
  image([
    ["li", { rd: 2, imm48: 1000 }],
    ["addi", { rd: 1, rs1: 1, imm: 1 }],
    ["bne", { rs1: 1, rs2: 2, imm: -8 }],
    ["halt"],
  ]),
);
let forbidden = false;
try {
  new Function();
} catch {
  forbidden = true;
}
console.log(forbidden, (await emulator.run()).reason, await emulator.instructionsRetired());
