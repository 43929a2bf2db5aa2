import { OPERATORS } from '../core/catalogue.ts';
import type { Operator } from '../core/operator.ts';
import type { RowSource } from '../core/rows.ts';
import { type SetAsideReason, setAsideCounts } from '../core/set-aside.ts';
import { refusalOf } from '../core/statement-refusal.ts';
import { type FileDescription, fileDescription } from '../files/file-description.ts';
import { openRows } from '../files/open-rows.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { frenchRefusal } from '../use-cases/french-refusal.ts';
import { readStatement } from '../use-cases/read-statement.ts';
import { type ProfileCall, UsageError } from './command-line.ts';
import { checkFile } from './existing-file.ts';
import { type GuessedColumns, guessColumns } from './profile-columns.ts';
import { type Proposal, propose } from './profile-proposal.ts';
import { Survey, type TableSurvey } from './profile-survey.ts';

/** What a layout makes of a file. */
export interface Trial {
  readonly operator: Operator;
  /** Why the file would be refused, in French; `undefined` where it would be taken. */
  readonly refusal: string | undefined;
  readonly rows: number;
  readonly bad: number;
  readonly setAside: Readonly<Record<SetAsideReason, number>> | undefined;
  /** The sheet that was read, of several. */
  readonly sheet: string | undefined;
}

export interface SurveyedSheet {
  /** `undefined` where the file is one table. */
  readonly name: string | undefined;
  readonly epoch: RowSource['epoch'];
  readonly survey: TableSurvey;
  readonly guessed: GuessedColumns;
}

/** What came of `profile`. */
export type ProfileResult =
  | { readonly kind: 'unreadable'; readonly detail: string }
  | {
      readonly kind: 'profiled';
      readonly path: string;
      readonly description: FileDescription;
      readonly sheets: readonly SurveyedSheet[];
      /** The sheet that looks most like a statement. */
      readonly chosen: SurveyedSheet;
      readonly proposal: Proposal | undefined;
      /** What the proposed profile makes of the whole file. */
      readonly trial: Trial | undefined;
      /** What the layout of the named operator makes of it. */
      readonly fit: Trial | undefined;
    };

const MOST_SHEETS = 50;

/**
 * Runs `profile`: looks at a file, proposes a profile, and tries it.
 * @throws UsageError where the file is not there or the operator is not known
 */
export async function runProfile({ path, operatorCode }: ProfileCall): Promise<ProfileResult> {
  const operator = operatorCode === undefined ? undefined : knownOperator(operatorCode);
  await checkFile('--file', path);
  const content = { kind: 'path', path } as const;
  try {
    const open = () => openRows(content);
    const sheets = await surveyed(await open(), operator);
    const chosen = sheets.reduce((one, other) => (other.guessed.roles.size > one.guessed.roles.size ? other : one));
    const { header } = chosen.survey;
    const proposed = (sheet: string | undefined) => header && propose(header, chosen.guessed, sheet, operator);
    const first = proposed(undefined);
    const firstTrial = first && (await tried(await open(), first.operator));
    // A layout finds its sheet by its columns; a name is needed only where a sheet before it has them too.
    const needsName = firstTrial?.sheet !== undefined && firstTrial.sheet !== chosen.name;
    const proposal = needsName ? proposed(chosen.name) : first;
    return {
      kind: 'profiled',
      path,
      description: await fileDescription(content),
      sheets,
      chosen,
      proposal,
      trial: needsName && proposal !== undefined ? await tried(await open(), proposal.operator) : firstTrial,
      fit: operator && (await tried(await open(), operator)),
    };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { kind: 'unreadable', detail: error.french };
  }
}

function knownOperator(code: string): Operator {
  const operator = OPERATORS.find((one) => one.code === code);
  if (operator === undefined) throw new UsageError(`--operateur : opérateur inconnu. Opérateurs connus : ${OPERATORS.map((one) => one.code).join(', ')}.`);
  return operator;
}

async function surveyed(source: RowSource, operator: Operator | undefined): Promise<readonly [SurveyedSheet, ...SurveyedSheet[]]> {
  const tables = source.sheets ?? [{ name: undefined, batches: source.batches }];
  const sheets: SurveyedSheet[] = [];
  for (const { name, batches } of tables.slice(0, MOST_SHEETS)) {
    const survey = new Survey();
    for await (const batch of batches) survey.read(batch);
    const table = survey.end();
    sheets.push({ name, epoch: source.epoch, survey: table, guessed: guessColumns(table.columns, operator) });
  }
  const [first, ...rest] = sheets;
  if (first === undefined) throw new UnreadableFile('no-sheet');
  return [first, ...rest];
}

async function tried(source: RowSource, operator: Operator): Promise<Trial> {
  const reading = await readStatement(source, operator);
  const refusal = refusalOf(reading, 'refuse');
  return {
    operator,
    refusal: refusal && frenchRefusal(refusal),
    rows: reading.kind === 'rows' ? reading.rows.length : 0,
    bad: reading.kind === 'rows' ? reading.bad.length : 0,
    setAside: reading.kind === 'rows' ? setAsideCounts(reading.setAside) : undefined,
    sheet: reading.kind === 'rows' ? reading.sheet?.name : undefined,
  };
}
