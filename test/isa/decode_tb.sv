// Decodes the words of a file with ternac_pkg::decode() and prints each result on a line, then the
// package's codes and tables. systemverilog.test.ts compares what is printed with the TypeScript codec.
module decode_tb;
  import ternac_pkg::*;

  function automatic void print_operand(string name, operand_t operand);
    $write(" %s=%s,%0d,%0d,%0d", name, operand.file.name(), operand.read, operand.write,
           operand.index);
  endfunction

  initial begin
    string path;
    int file;
    logic [WordBits-1:0] word;
    decoded_t d;
    trap_e trap;
    csr_e csr;

    if ($value$plusargs("words=%s", path) == 0) $fatal(1, "give +words=FILE");
    file = $fopen(path, "r");
    if (file == 0) $fatal(1, "cannot read the words");
    while ($fscanf(file, "%h", word) == 1) begin
      d = decode(word);
      if (d.legal) begin
        $write("word %h %s %s %s", word, d.opcode.name(), d.unit.name(), d.timing.name());
        print_operand("rd", d.rd);
        print_operand("rs1", d.rs1);
        print_operand("rs2", d.rs2);
        print_operand("rs3", d.rs3);
        $write(" imm=%0d\n", d.imm);
      end else begin
        $write("word %h illegal %0d\n", word, d != '0);
      end
    end
    $fclose(file);

    trap = trap.first();
    repeat (trap.num()) begin
      $display("trap %s %0d", trap.name(), trap);
      trap = trap.next();
    end
    csr = csr.first();
    repeat (csr.num()) begin
      $display("csr %s %0d", csr.name(), csr);
      csr = csr.next();
    end
    $display("log2e %0d", Log2E);
    foreach (Exp2[i]) $display("exp2 %0d", Exp2[i]);
    foreach (Sig[i]) $display("sig %0d", Sig[i]);
    foreach (T4Trits[i]) $display("t4 %0d", T4Trits[i]);
    foreach (T5Trits[i]) $display("t5 %0d", T5Trits[i]);
    $finish;
  end
endmodule
