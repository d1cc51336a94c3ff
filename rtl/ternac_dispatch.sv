// What the issue queue gets of an instruction: its decoded word with the values of the scalar side.

module ternac_dispatch
  import ternac_pkg::*;
  import ternac_core_pkg::*;
(
  // Only some of the fields matter behind the front end.
  /* verilator lint_off UNUSEDSIGNAL */
  input  decoded_t    decoded_i,   // the instruction
  input  logic [63:0] address_i,   // of its memory operand; checked
  /* verilator lint_on UNUSEDSIGNAL */
  input  logic [63:0] a_i,         // x[rs1]
  input  logic [63:0] b_i,         // x[rs2]
  input  logic [63:0] c_i,         // x[rs3]
  input  vl_t         vl_i,        // vector length
  input  vl_t         columns_i,   // length of the activation register that tmatmul reads
  input  sequence_t   sequence_i,  // position in program order
  output uop_t        uop_o        // for the issue queue
);
  // The binary32 number 1, tmatmul's scale where no register is named.
  localparam logic [31:0] ScaleOne = 32'h3f800000;

  function automatic logic [31:0] sat32(logic [63:0] value);
    if (value[63:31] == '0 || value[63:31] == '1) return value[31:0];
    return value[63] ? 32'h80000000 : 32'h7fffffff;
  endfunction

  function automatic logic [NumVRegs-1:0] v_mask(reg_file_e file, logic [4:0] index);
    return file == RegV ? NumVRegs'(1) << index : '0;
  endfunction

  function automatic logic [NumQRegs-1:0] q_mask(reg_file_e file, logic [4:0] index);
    return file == RegQ ? NumQRegs'(1) << index : '0;
  endfunction

  function automatic logic [2:0] v_index(reg_file_e file, logic [2:0] index);
    return file == RegV ? index : '0;
  endfunction

  logic [63:0] scalar;

  always_comb begin
    unique case (decoded_i.opcode)
      OpAddVx, OpMulVx: scalar = 64'(sat32(b_i));
      OpSubXv, OpSplat: scalar = 64'(sat32(a_i));
      OpNorm: scalar = 64'(decoded_i.imm);
      OpArgmax: scalar = a_i;
      OpTmatmulT4, OpTmatmulT5:
      scalar = decoded_i.rs2.index == '0 ? 64'(ScaleOne) : 64'(b_i[31:0]);
      OpSw, OpSd: scalar = b_i;
      default: scalar = '0;
    endcase
  end

  always_comb begin
    uop_o = '0;
    uop_o.opcode = decoded_i.opcode;
    unique case (decoded_i.unit)
      UnitRowwise: uop_o.unit = IssueRowwise;
      UnitRms: uop_o.unit = IssueRms;
      UnitTmatmul: uop_o.unit = IssueTmatmul;
      default: uop_o.unit = IssueLsu;
    endcase
    uop_o.v_held = v_mask(decoded_i.rd.file, decoded_i.rd.index)
        | v_mask(decoded_i.rs1.file, decoded_i.rs1.index)
        | v_mask(decoded_i.rs2.file, decoded_i.rs2.index);
    uop_o.q_held = q_mask(decoded_i.rd.file, decoded_i.rd.index)
        | q_mask(decoded_i.rs3.file, decoded_i.rs3.index);
    uop_o.vd = v_index(decoded_i.rd.file, decoded_i.rd.index[2:0]);
    uop_o.vs1 = v_index(decoded_i.rs1.file, decoded_i.rs1.index[2:0]);
    uop_o.vs2 = v_index(decoded_i.rs2.file, decoded_i.rs2.index[2:0]);
    uop_o.q = decoded_i.opcode == OpQuant ? decoded_i.rd.index[1:0]
        : decoded_i.unit == UnitTmatmul ? decoded_i.rs3.index[1:0] : '0;
    uop_o.vl = vl_i;
    uop_o.columns = decoded_i.unit == UnitTmatmul ? columns_i : '0;
    uop_o.address = decoded_i.unit inside {UnitLsu, UnitTmatmul} ? address_i[AddressBits-1:0] : '0;
    uop_o.shift = decoded_i.opcode inside {OpLdvH, OpLdvB} ? decoded_i.rs3.index : '0;
    uop_o.scalar = scalar;
    uop_o.base = decoded_i.opcode == OpArgmax ? c_i : '0;
    uop_o.xindex = decoded_i.opcode == OpArgmax ? decoded_i.rd.index : '0;
    uop_o.xmax = decoded_i.opcode == OpArgmax ? decoded_i.rs1.index : '0;
    uop_o.sequence_number = sequence_i;
  end
endmodule
