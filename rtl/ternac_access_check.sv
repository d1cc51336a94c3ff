// The range of an access to DRAM, and whether it may be made.

module ternac_access_check
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter config_t Cfg = ConfigTiny  // what the core is built of
) (
  input  opcode_e       opcode_i,        // an instruction with a memory operand
  input  logic [63:0]   address_i,       // its first byte
  input  vl_t           vl_i,            // vector length
  input  matrix_lines_t lines_i,         // lines of tmatmul's matrix
  output logic          misaligned_o,    // the address is no multiple of the access's alignment
  output logic          out_of_range_o,  // not wholly inside DRAM
  output range_t        range_o          // its lines, if it is
);
  localparam int unsigned SizeBits = $bits(matrix_lines_t) + $clog2(LineBytes);
  localparam logic [AddressBits:0] DramBytes = (AddressBits + 1)'(Cfg.dram_bytes);

  if (Cfg.dram_bytes > InstructionBase) begin : gen_dram
    $error("ternac_access_check: DRAM reaches into the instruction memory");
  end

  logic [SizeBits-1:0] size;          // bytes
  logic [AddressBits:0] last;         // last byte, if the address is no larger than AddressBits
  logic [63:0] alignment;             // less 1

  always_comb begin
    alignment = 64'(LineBytes) - 64'd1;
    unique case (opcode_i)
      OpLdv, OpSv: size = SizeBits'(vl_i) << 2;
      OpLdvH: size = SizeBits'(vl_i) << 1;
      OpLdvB: size = SizeBits'(vl_i);
      OpLw, OpSw: begin
        size = SizeBits'(4);
        alignment = 64'd3;
      end
      OpLd, OpSd: begin
        size = SizeBits'(8);
        alignment = 64'd7;
      end
      default: size = {lines_i, $clog2(LineBytes)'(0)};
    endcase
  end

  assign last = {1'b0, address_i[AddressBits-1:0]} + (AddressBits + 1)'(size)
      - (AddressBits + 1)'(1);
  assign misaligned_o = (address_i & alignment) != '0;
  assign out_of_range_o = address_i[63:AddressBits] != '0 || last >= DramBytes;
  assign range_o.first = line_t'(address_i[AddressBits-1:0] >> $clog2(LineBytes));
  assign range_o.last = line_t'(last >> $clog2(LineBytes));
endmodule
