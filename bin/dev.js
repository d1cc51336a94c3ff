#!/usr/bin/env node
// Runs the sources, without a build: node bin/dev.js COMMAND
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execute, Plugin, settings } from "@oclif/core";
import { register } from "tsx/esm/api";

register();
settings.enableAutoTranspile = false; // the sources are named below, and tsx is registered above
const root = fileURLToPath(new URL("..", import.meta.url));
const pjson = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
pjson.oclif.commands = "./src/commands";
pjson.oclif.hooks.command_not_found = "./src/cli/command-not-found.ts";
// Loaded here because the manifest of the last build may not know the newest command.
const plugin = new Plugin({ root, pjson, isRoot: true, ignoreManifest: true });
await plugin.load();
await execute({ loadOptions: { root, pjson, plugins: new Map([[plugin.name, plugin]]) } });
