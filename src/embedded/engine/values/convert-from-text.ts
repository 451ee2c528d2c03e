/** Text to numbers, GUIDs and dates. */
import { SqlError } from '../../backend.ts';
import type { SqlType } from '../../backend.ts';
import { unsupported } from '../../tsql/errors.ts';
import { familyOf, isNational } from '../../tsql/types.ts';
import type { Converter } from './stored.ts';
import { integerFromText } from './convert-number.ts';
import { parseIso } from './date-time.ts';
import { fitDecimal, parseDecimal } from './decimal.ts';
import { guidFromText } from './guid.ts';

/** Date styles whose input is ISO, the only form taken. */
const ISO_STYLES: ReadonlySet<number> = new Set([0, 20, 21, 23, 25, 112, 120, 121, 126]);

export function fromText(from: SqlType, to: SqlType, style: number | null): Converter {
  const shown = isNational(from) ? 'nvarchar' : 'varchar';
  switch (familyOf(to)) {
    case 'integer':
      return (value) => integerFromText(value as string, from, to);
    case 'float':
      return (value) => {
        const text = (value as string).trim();
        const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : text === '' ? 0 : NaN;
        if (!Number.isFinite(number))
          throw new SqlError(8114, `Error converting data type ${shown} to ${to.name}.`, 16, 5);
        return to.name === 'real' ? Math.fround(number) : number;
      };
    case 'decimal':
      return (value) => {
        const parsed = /e/i.test(value as string) ? null : parseDecimal(value as string);
        if (parsed === null)
          throw new SqlError(
            8114,
            `Error converting data type ${shown} to ${to.name === 'decimal' ? 'numeric' : to.name}.`,
            16,
            5,
          );
        return fitDecimal(parsed, to, shown);
      };
    case 'guid':
      return (value) => {
        // what follows the 36 characters is cut off, as in SQL Server
        const guid = guidFromText((value as string).slice(0, (value as string).startsWith('{') ? 38 : 36));
        if (guid === null)
          throw new SqlError(
            8169,
            'Conversion failed when converting from a character string to uniqueidentifier.',
            16,
            2,
          );
        return guid;
      };
    case 'time':
      if (style !== null && !ISO_STYLES.has(style)) throw unsupported(`CONVERT to ${to.name} with style ${style}`);
      return (value) => {
        const parsed = parseIso(value as string, to);
        if (parsed === null)
          throw new SqlError(241, 'Conversion failed when converting date and/or time from character string.');
        return parsed;
      };
    default:
      throw unsupported(`Conversion of ${from.name} to ${to.name}`);
  }
}
