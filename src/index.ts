export * from "./diagnostics/diagnostic.js";
