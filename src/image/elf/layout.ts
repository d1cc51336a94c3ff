type FieldType = "u8" | "u16" | "u32" | "u64" | "i64";

const BYTES: Readonly<Record<FieldType, number>> = { u8: 1, u16: 2, u32: 4, u64: 8, i64: 8 };

/** A little-endian record of fixed size; writing and reading follow one list of fields. */
export interface Layout<Name extends string> {
  readonly size: number;
  write(values: Readonly<Record<Name, number>>): Uint8Array;
  /** Values above 2^53 are rounded; no valid image has one where a check would not see it. */
  read(bytes: Uint8Array, offset: number): Record<Name, number>;
}

/** The layout whose fields follow each other without gaps, in the order of `fields`. */
export function layout<Name extends string>(
  fields: Readonly<Record<Name, FieldType>>,
): Layout<Name> {
  const list = Object.entries(fields) as [Name, FieldType][];
  const size = list.reduce((sum, [, type]) => sum + BYTES[type], 0);
  return {
    size,
    write(values) {
      const bytes = new Uint8Array(size);
      const view = new DataView(bytes.buffer);
      let at = 0;
      for (const [name, type] of list) {
        const value = values[name];
        if (type === "u8") view.setUint8(at, value);
        else if (type === "u16") view.setUint16(at, value, true);
        else if (type === "u32") view.setUint32(at, value, true);
        else view.setBigInt64(at, BigInt(value), true);
        at += BYTES[type];
      }
      return bytes;
    },
    read(bytes, offset) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + offset, size);
      const values = {} as Record<Name, number>;
      let at = 0;
      for (const [name, type] of list) {
        if (type === "u8") values[name] = view.getUint8(at);
        else if (type === "u16") values[name] = view.getUint16(at, true);
        else if (type === "u32") values[name] = view.getUint32(at, true);
        else if (type === "u64") values[name] = Number(view.getBigUint64(at, true));
        else values[name] = Number(view.getBigInt64(at, true));
        at += BYTES[type];
      }
      return values;
    },
  };
}
