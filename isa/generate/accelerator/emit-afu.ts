import type { Specification } from "../load.js";

/** rtl/ofs/ternac.json: what the platform's build tools want to know; the packager puts it into a bitstream. */
export function emitAfu({ accelerator }: Specification): string {
  return `${JSON.stringify(
    {
      version: 1,
      "afu-image": {
        power: 0,
        "clock-frequency-high": "auto",
        "clock-frequency-low": "auto",
        "afu-top-interface": { class: "ofs_plat_afu" },
        "accelerator-clusters": [
          { name: "ternac", "total-contexts": 1, "accelerator-type-uuid": accelerator.uuid },
        ],
      },
    },
    null,
    2,
  )}\n`;
}
