// Makes a word of a vector register out of the bytes of a load: elements of 1, 2 or 4 bytes, extended
// by their sign, shifted left, saturated to 32 bits. Two clocks.
module ternac_lsu_widen #(
  parameter int unsigned Lanes = 8
) (
  input  logic                   clk_i,
  input  logic                   rst_ni,
  input  logic                   valid_i,  // the bytes are there
  input  logic [Lanes*32-1:0]    bytes_i,  // the elements, packed from bit 0 on
  input  logic [1:0]             width_i,  // log2 of an element's bytes: 0, 1 or 2
  input  logic [4:0]             shift_i,  // bits to shift left; 0 for elements of 4 bytes
  output logic                   valid_o,  // two clocks later
  output logic [Lanes-1:0][31:0] word_o    // the result
);
  logic valid_q, shifted_valid_q;
  logic [Lanes-1:0][31:0] wide_q, word_q;

  function automatic logic [31:0] shift_saturate(logic [31:0] value, logic [4:0] shift);
    logic [63:0] shifted;
    shifted = {{32{value[31]}}, value} << shift;
    if (shifted[63:32] == {32{shifted[31]}}) return shifted[31:0];
    return {shifted[63], {31{~shifted[63]}}};
  endfunction

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      shifted_valid_q <= 1'b0;
    end else begin
      valid_q <= valid_i;
      shifted_valid_q <= valid_q;
    end
  end

  always_ff @(posedge clk_i) begin
    if (valid_i) begin
      unique case (width_i)
        2'd0:
          for (int unsigned i = 0; i < Lanes; i++)
            wide_q[i] <= {{24{bytes_i[8*i+7]}}, bytes_i[8*i+:8]};
        2'd1:
          for (int unsigned i = 0; i < Lanes; i++)
            wide_q[i] <= {{16{bytes_i[16*i+15]}}, bytes_i[16*i+:16]};
        default: wide_q <= bytes_i;
      endcase
    end
    if (valid_q) begin
      if (shift_i == '0) word_q <= wide_q;
      else for (int unsigned i = 0; i < Lanes; i++) word_q[i] <= shift_saturate(wide_q[i], shift_i);
    end
  end

  assign valid_o = shifted_valid_q;
  assign word_o = word_q;
endmodule
