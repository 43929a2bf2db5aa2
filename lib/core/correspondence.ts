import type { Candidates } from './candidates.ts';
import { type Correspondence, pairClosest } from './closest-pairs.ts';
import { type Listed, MadeList } from './listed.ts';
import { NumberList } from './number-list.ts';
import { reference } from './reference.ts';
import type { StatementRow, StatementRows } from './statement-rows.ts';
import { TextColumn } from './text-column.ts';
import { NONE, TextIndex } from './text-index.ts';

interface Explained {
  readonly correspondents: Listed<Correspondence>;
  readonly unexplained: Listed<StatementRow>;
}

/**
 * Pairs the rows left over with transactions that are not successes: same phone (or custom reference), same amount, closest in time.
 * @param left numbers of rows, ascending
 * @param failures numbers of candidates
 */
export function pairCorrespondents(rows: StatementRows, left: NumberList, candidates: Candidates, failures: NumberList): Explained {
  /** By row: the candidate that it corresponds to, plus one. */
  const partners = new Int32Array(rows.length);
  const ambiguous = new Uint8Array(rows.length);
  for (const group of groupsOfBothSides(rows, left, candidates, failures)) {
    for (const pair of pairsOf(group, rows, candidates)) {
      partners[pair.row] = pair.candidate + 1;
      ambiguous[pair.row] = pair.ambiguous ? 1 : 0;
    }
  }
  const explained = left.filter((row) => partners[row] !== 0);
  const unexplained = left.filter((row) => partners[row] === 0);
  return {
    correspondents: new MadeList(explained.length, (index) => {
      const row = explained.at(index);
      return { row: rows.at(row), candidate: candidates.at((partners[row] ?? 0) - 1), ambiguous: ambiguous[row] === 1 };
    }),
    unexplained: new MadeList(unexplained.length, (index) => rows.at(unexplained.at(index))),
  };
}

/** Rows and candidates of one phone (or custom reference) and amount, by number. */
interface Group {
  readonly rows: readonly [number, ...number[]];
  readonly candidates: readonly [number, ...number[]];
}

interface NumberPair {
  readonly row: number;
  readonly candidate: number;
  readonly ambiguous: boolean;
}

function pairsOf({ rows, candidates }: Group, allRows: StatementRows, allCandidates: Candidates): readonly NumberPair[] {
  // Nearly all groups are one of each: nothing to choose.
  if (rows.length === 1 && candidates.length === 1) return [{ row: rows[0], candidate: candidates[0], ambiguous: false }];
  const rowNumbers = new Map(rows.map((row) => [allRows.at(row), row]));
  const candidateNumbers = new Map(candidates.map((candidate) => [allCandidates.at(candidate), candidate]));
  return pairClosest([...rowNumbers.keys()], [...candidateNumbers.keys()]).flatMap((pair) => {
    const row = rowNumbers.get(pair.row);
    const candidate = candidateNumbers.get(pair.candidate);
    return row === undefined || candidate === undefined ? [] : [{ row, candidate, ambiguous: pair.ambiguous }];
  });
}

/** The groups that hold rows and candidates. The keys of the rows are indexed, those of the candidates only looked up. */
function groupsOfBothSides(rows: StatementRows, left: NumberList, candidates: Candidates, failures: NumberList): readonly Group[] {
  const keys = new TextColumn();
  const index = new TextIndex(keys, left.length);
  const rowKeys = new NumberList();
  const keyedRows = new NumberList();
  for (let at = 0; at < left.length; at++) {
    const row = left.at(at);
    const correspondence = rowCorrespondence(rows, row);
    if (correspondence === undefined) continue;
    keys.appendText(`${rows.amount(row)} ${correspondence}`);
    const key = keys.length - 1;
    const known = index.enter(key);
    if (known !== NONE) keys.removeLast();
    rowKeys.push(known === NONE ? key : known);
    keyedRows.push(row);
  }
  const candidatesOfKey = new Map<number, number[]>();
  for (let at = 0; at < failures.length; at++) {
    const candidate = failures.at(at);
    const correspondence = candidates.correspondence(candidate);
    if (correspondence === undefined) continue;
    keys.appendText(`${candidates.amount(candidate)} ${correspondence}`);
    const key = index.find(keys, keys.length - 1);
    keys.removeLast();
    if (key !== NONE) addTo(candidatesOfKey, key, candidate);
  }
  const rowsOfKey = new Map<number, number[]>();
  for (let at = 0; at < keyedRows.length; at++) {
    const key = rowKeys.at(at);
    if (candidatesOfKey.has(key)) addTo(rowsOfKey, key, keyedRows.at(at));
  }
  return [...rowsOfKey].flatMap(([key, [firstRow, ...moreRows]]) => {
    const [first, ...more] = candidatesOfKey.get(key) ?? [];
    return firstRow === undefined || first === undefined ? [] : [{ rows: [firstRow, ...moreRows] as const, candidates: [first, ...more] as const }];
  });
}

function rowCorrespondence(rows: StatementRows, row: number): string | undefined {
  return rows.phone(row) || reference(rows.transId(row));
}

function addTo(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
