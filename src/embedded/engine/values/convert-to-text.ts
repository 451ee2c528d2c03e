/** Numbers, GUIDs and dates to text. Lengths are fitted by the caller. */
import type { SqlType } from '../../backend.ts';
import { unsupported } from '../../tsql/errors.ts';
import { decimalShape, familyOf } from '../../tsql/types.ts';
import type { Converter } from './stored.ts';
import { dateTimeText } from './date-time.ts';
import { decimalToText } from './decimal.ts';
import { guidToText } from './guid.ts';

/** What a conversion without a style means for the newer types; the older ones have an American form, left out here. */
const DEFAULT_DATE_STYLE = 121;

export function toText(from: SqlType, to: SqlType, style: number | null): Converter {
  switch (familyOf(from)) {
    case 'integer':
      return (value) => String(value);
    case 'float':
      return (value) => floatText(Number(value));
    case 'decimal': {
      const scale = from.name === 'money' ? 2 : decimalShape(from).scale;
      return (value) => decimalToText(value as string, scale);
    }
    case 'guid':
      return (value) => guidToText(value as Uint8Array);
    case 'time': {
      const isOld = from.name === 'datetime' || from.name === 'smalldatetime';
      if (style === null && isOld) throw unsupported(`Conversion of ${from.name} to ${to.name} without a style`);
      const known = style ?? DEFAULT_DATE_STYLE;
      if (
        dateTimeText(from.name === 'time' ? '00:00:00.0000000' : '2000-01-01T00:00:00.0000000', from, known) === null
      ) {
        throw unsupported(`CONVERT of ${from.name} with style ${known}`);
      }
      return (value) => dateTimeText(value as string, from, known) ?? '';
    }
    default:
      throw unsupported(`Conversion of ${from.name} to ${to.name}`);
  }
}

/** Style 0: at most six digits, an exponent of three digits. */
function floatText(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const magnitude = Math.abs(rounded);
  if (rounded === 0) return '0';
  if (magnitude >= 1e-4 && magnitude < 1e6) return String(rounded);
  const [digits = '', exponent = '+0'] = rounded.toExponential().split('e');
  return `${digits}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(3, '0')}`;
}
