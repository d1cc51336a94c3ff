// The smallest design that uses the package: a combinational decoder, for the linter.
module decode_top
  import ternac_pkg::*;
(
  input  logic [WordBits-1:0] word_i,
  output decoded_t            decoded_o
);
  assign decoded_o = decode(word_i);
endmodule
