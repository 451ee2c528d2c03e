/**
 * UNIQUEIDENTIFIER (MS-TDS 2.2.5.5.1.9): sixteen bytes, the first three groups of the text in little-endian order.
 */
import type { SqlType } from '../../backend.ts';
import { ProtocolError } from '../bytes.ts';
import { misfit, type DecoderFactory, type ValueEncoder } from './codec.ts';

const GUIDTYPE = 0x24;
const BYTE_COUNT = 16;
const TEXT_FORM = /^[\dA-F]{8}-[\dA-F]{4}-[\dA-F]{4}-[\dA-F]{4}-[\dA-F]{12}$/i;

/** Swaps between the order of the text and the order on the wire; its own inverse. */
function swapGroups(bytes: Buffer): Buffer {
  bytes.subarray(0, 4).swap32();
  bytes.subarray(4, 8).swap16();
  return bytes;
}

export function guidEncoder(type: SqlType): ValueEncoder {
  return {
    writeTypeInfo(writer) {
      writer.u8(GUIDTYPE);
      writer.u8(BYTE_COUNT);
    },
    writeValue(writer, value) {
      if (value === null) {
        writer.u8(0);
        return;
      }
      if (typeof value !== 'string' || !TEXT_FORM.test(value)) throw misfit(type, value);
      writer.u8(BYTE_COUNT);
      writer.bytes(swapGroups(Buffer.from(value.replaceAll('-', ''), 'hex')));
    },
  };
}

export const GUID_DECODERS: Readonly<Record<number, DecoderFactory>> = {
  [GUIDTYPE]: (reader) => {
    reader.skip(1);
    return {
      type: { name: 'uniqueidentifier' },
      readValue(values) {
        const byteCount = values.u8();
        if (byteCount === 0) return null;
        if (byteCount !== BYTE_COUNT) throw new ProtocolError(`a GUID has ${byteCount} bytes`);
        const hex = swapGroups(Buffer.from(values.bytes(BYTE_COUNT)))
          .toString('hex')
          .toUpperCase();
        return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
      },
    };
  },
};
