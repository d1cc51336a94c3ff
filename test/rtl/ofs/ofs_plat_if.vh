// What rtl/ofs/ofs_plat_afu.sv uses of the platform, as far as names, widths and directions go: enough to lint it. Written
// from the platform's documentation; the real one comes with the platform's release.
`ifndef OFS_PLAT_IF_VH
`define OFS_PLAT_IF_VH

`define HOST_CHAN_AXI_MEM_PARAMS .ADDR_WIDTH(48), .DATA_WIDTH(512)
`define HOST_CHAN_AXI_MMIO_PARAMS(BUSWIDTH) .ADDR_WIDTH(18), .DATA_WIDTH(BUSWIDTH), .RID_WIDTH(10)
`define LOCAL_MEM_AXI_MEM_PARAMS .ADDR_WIDTH(33), .DATA_WIDTH(512)

`endif
