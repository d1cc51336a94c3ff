/** `npm start`: install, build, and let the bundled model write, on a machine with nothing but Node. */
import { installPackages, root, run } from "./setup.mjs";

const MODEL = "models/shakespeare";
const PROMPT = "ROMEO:\n";

installPackages();
if (run(process.execPath, ["scripts/build.mjs", "--no-types"]) !== 0) process.exit(1);

console.log(
  `\nA ternary language model (${MODEL}, trained on Shakespeare) continues ${JSON.stringify(PROMPT)}.`,
);
console.log("It is compiled to instructions of the Ternac ISA, and the emulator runs them.\n");
const status = run(process.execPath, [
  `${root}bin/run.js`,
  "generate",
  MODEL,
  ...["--prompt", PROMPT],
  ...["--tokens", "120"],
  "--stats",
]);
if (status !== 0) process.exit(status);

const suggestions = [
  [`generate --prompt "Shall I compare" --temperature 0.8 --seed 1`, "another text"],
  [`compile ${MODEL} --emit asm -o shakespeare.tasm`, "the program, to read"],
  [`inspect ${MODEL}`, "what is in the checkpoint"],
  ["run programs/vector-add.tasm --trace", "a kernel, instruction by instruction"],
  ["isa tmatmul.t4", "the manual of an instruction"],
  ["--help", "everything else"],
];
const width = Math.max(...suggestions.map(([command]) => command.length));
console.log("\nTry next:");
for (const [command, what] of suggestions)
  console.log(`  bin/run.js ${command.padEnd(width)}  ${what}`);
