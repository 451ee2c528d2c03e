/** No-break spaces where French typography wants them, so that the catalogue can be written with ordinary ones. */

const NO_BREAK = '\u00a0';
const NARROW_NO_BREAK = '\u202f';

export function typeset(french: string): string {
  return french
    .replaceAll(/ (?=[;!?%](?:[\s).,…»]|$))/g, NARROW_NO_BREAK)
    .replaceAll(/ (?=:(?:\s|$))/g, NO_BREAK)
    .replaceAll('phase 3', `phase${NO_BREAK}3`)
    .replaceAll('« ', `«${NO_BREAK}`)
    .replaceAll(' »', `${NO_BREAK}»`);
}
