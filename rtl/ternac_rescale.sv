// From exact sums to elements: sat32(round(sum * multiplier / 2^shift)), several a clock. Clocks from
// valid_i to valid_o: 5, so that the multiplier may have two of them.
module ternac_rescale #(
  parameter int unsigned Elements = 5,
  parameter int unsigned SumBits = 21
) (
  input  logic                             clk_i,
  input  logic                             rst_ni,
  input  logic                             valid_i,
  input  logic [Elements-1:0][SumBits-1:0] sum_i,         // two's complement
  input  logic [31:0]                      multiplier_i,  // stays while sums are under way
  input  logic [5:0]                       shift_i,       // to the right
  output logic                             valid_o,
  output logic [Elements-1:0][31:0]        element_o
);
  localparam int unsigned Clocks = 5;
  localparam int unsigned Bits = SumBits + 33;  // product and what rounding adds

  logic [Clocks-1:0] valid_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) valid_q <= '0;
    else valid_q <= {valid_q[Clocks-2:0], valid_i};
  end
  assign valid_o = valid_q[Clocks-1];

  logic [Bits-1:0] half;  // rounds to the nearest
  assign half = (Bits'(1) << shift_i) >> 1;

  logic [Elements-1:0][Bits-1:0] multiplied_q, product_q, rounded_q, coarse_q;
  logic [Elements-1:0][31:0] element_q;
  assign element_o = element_q;

  always_ff @(posedge clk_i) begin
    for (int unsigned e = 0; e < Elements; e++) begin
      if (valid_i)
        multiplied_q[e] <= Bits'($signed(sum_i[e]) * $signed({1'b0, multiplier_i}));
      if (valid_q[0]) product_q[e] <= multiplied_q[e];
      if (valid_q[1]) rounded_q[e] <= product_q[e] + half;
      if (valid_q[2]) coarse_q[e] <= $signed(rounded_q[e]) >>> {shift_i[5:3], 3'b000};
      if (valid_q[3]) begin
        automatic logic signed [Bits-1:0] fine = $signed(coarse_q[e]) >>> shift_i[2:0];
        // In range if all bits from 31 up are the sign.
        if (fine[Bits-1:31] == {(Bits - 31){fine[Bits-1]}}) element_q[e] <= fine[31:0];
        else element_q[e] <= {fine[Bits-1], {31{~fine[Bits-1]}}};
      end
    end
  end
endmodule
