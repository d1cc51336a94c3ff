// Runs a testbench whose only port is its clock, until it finishes. Verilator's own main (--binary) compiles
// for longer than the design does. Build with --prefix Vtestbench.
#include "Vtestbench.h"
#include "verilated.h"

int main(int argc, char** argv) {
  VerilatedContext context;
  context.commandArgs(argc, argv);
  Vtestbench top{&context};
  while (!context.gotFinish()) {
    context.timeInc(1);
    top.clk = !top.clk;
    top.eval();
  }
  top.final();
  return 0;
}
