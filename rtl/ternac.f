// The core's sources for simulators and linters: `verilator -F rtl/ternac.f`. Packages are in the order in which
// they import each other; modules are found by their names.
ternac_pkg.sv
ternac_core_pkg.sv
-y .
