// Starts and resets the core. A reset first lets the core's accesses to the banks end, so that no transaction is cut
// off; then it holds the core in reset for some clocks, and waits until its registers are clear.
module ternac_core_control
  import ternac_csr_pkg::*;
(
  input  logic        clk_i,           // clock
  input  logic        rst_ni,          // asynchronous reset, active low
  // orders, pulses
  input  logic        reset_i,         // reset the core, whatever it is doing
  input  logic        start_i,         // run; only in state ready
  output core_state_e state_o,         // what the core is doing
  // the core
  output logic        isolate_o,       // let it begin no access
  input  logic        idle_i,          // no access is under way
  output logic        core_rst_no,     // its reset, asynchronous, active low
  output logic        core_start_o,    // its start
  input  logic        core_ready_i,    // it can be started
  input  logic        core_halted_i,   // it ran halt
  input  logic        core_trapped_i   // an instruction trapped
);
  localparam int unsigned ResetClocks = 4;

  typedef enum logic [2:0] {
    Isolate,  // until no access is under way
    Reset,    // hold the core in reset
    Clear,    // until its registers are clear
    Ready,
    Begin,    // the clock of its start
    Run
  } state_e;
  state_e state_q;
  logic [$clog2(ResetClocks)-1:0] clocks_q;
  logic core_rst_nq;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= Reset;
      clocks_q <= '0;
      core_rst_nq <= 1'b0;
    end else begin
      core_rst_nq <= state_q != Reset;
      unique case (state_q)
        Isolate: if (idle_i) state_q <= Reset;
        Reset: begin
          clocks_q <= clocks_q + 1'b1;
          if (32'(clocks_q) == ResetClocks - 1) state_q <= Clear;
        end
        // Not in its first clock, in which the core's reset has not ended.
        Clear: if (core_rst_nq && core_ready_i) state_q <= Ready;
        Ready: if (start_i) state_q <= Begin;
        Begin: state_q <= Run;
        Run: ;
        default: state_q <= Isolate;
      endcase
      if (reset_i && state_q inside {Ready, Begin, Run}) state_q <= Isolate;
    end
  end

  assign core_rst_no = core_rst_nq;
  assign core_start_o = state_q == Begin;
  assign isolate_o = state_q inside {Isolate, Reset};

  always_comb begin
    unique case (state_q)
      Isolate, Reset, Clear: state_o = CoreStateResetting;
      Ready: state_o = CoreStateReady;
      default: begin
        if (core_trapped_i) state_o = CoreStateTrapped;
        else if (core_halted_i) state_o = CoreStateHalted;
        else state_o = CoreStateRunning;
      end
    endcase
  end
endmodule
