import type { Row } from './rows.ts';

/** What Windows-1252 puts in the places 0x80–0x9f, where Latin-1 has control characters. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const BYTES: ReadonlyMap<string, number> = new Map(Array.from(HIGH, (character, index) => [character, 0x80 + index] as const));
/** UTF-8 of an accented letter begins with these bytes: no text is spoilt without one of them. */
const SUSPECT = /[\u00c2-\u00f4]/u;
/** Text can pass through a wrong program more than once. */
const MOST_ROUNDS = 3;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Text that was UTF-8 and then read as Windows-1252 (`RÃ©fÃ©rence`) as it was before (`Référence`); any other text as it is. */
export function withoutMojibake(text: string): string {
  let repaired = text;
  for (let round = 0; round < MOST_ROUNDS && SUSPECT.test(repaired); round++) {
    const before = decodedAgain(repaired);
    if (before === undefined) break;
    repaired = before;
  }
  return repaired;
}

/** A cell whose text is as it was before; any other cell as it is. */
export function repairedCell<Other>(cell: string | Other): string | Other {
  return typeof cell === 'string' ? withoutMojibake(cell) : cell;
}

/** A row whose texts are as they were before, or `undefined` where they are. */
export function repairedRow(row: Row): Row | undefined {
  const repaired = row.map(repairedCell);
  return repaired.some((cell, index) => cell !== row[index]) ? repaired : undefined;
}

function decodedAgain(text: string): string | undefined {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    const byte = BYTES.get(character) ?? (code < 0x100 ? code : undefined);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}
