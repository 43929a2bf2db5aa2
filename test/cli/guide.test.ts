import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { proposedProfile } from '../../lib/cli/profile-report.ts';
import { patternParts } from '../../lib/core/moment-pattern.ts';
import { COLUMN_ROLES } from '../../lib/core/operator.ts';
import { operatorProfile } from '../../lib/http/schemas/operator-profile.ts';
import { COLUMN_NAMES, statementFormat } from '../../lib/http/schemas/statement-format.ts';
import { shapeLedgerObjects } from '../fixtures/shapes/shape-ledger.ts';
import { waveEnglish } from '../fixtures/shapes/wave-english.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/reconcile.ts');
const GUIDE = readFileSync(new URL('../../docs/guide/declarer-un-operateur.md', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'guide-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the program writes when it is called as the guide calls it. */
function output(...words: readonly string[]): Promise<string> {
  return new Promise((resolve) => execFile(process.execPath, [PROGRAM, ...words], { cwd: folder }, (_error, out) => resolve(out)));
}

/** A block of the guide: a command and what it answers. */
function block(...words: readonly string[]) {
  return async () => {
    const command = `$ npm run -s reconcile -- ${words.join(' ')}\n`;
    expect(GUIDE).toContain(command + (await output(...words)));
  };
}

describe('the guide to a new operator', async () => {
  writeFileSync(join(folder, 'wave.csv'), await waveEnglish.bytes());
  writeFileSync(join(folder, 'grand-livre.json'), JSON.stringify(shapeLedgerObjects(waveEnglish)));
  writeFileSync(join(folder, 'wave.json'), JSON.stringify(proposedProfile({ ...waveEnglish.operator, successStatuses: ['Réussi'] })));

  it('shows what profile really answers', block('profile', '--file', 'wave.csv'));

  it('shows what match with a profile really answers', block('match', '--profil', 'wave.json', '--statement', 'wave.csv', '--ledger', 'grand-livre.json'));

  it('has only JSON that the operators API takes', () => {
    const blocks = [...GUIDE.matchAll(/```json\n(.*?)```/gsu)].map(([, json = '']): unknown => JSON.parse(json));
    expect(blocks.length).toBeGreaterThan(3);
    const format = {
      moment: { type: 'une-colonne', colonne: 'Date', motif: 'dd/MM/yyyy HH:mm' },
      colonnes: { payid: 'Id', statut: 'Statut', montant: 'Montant', compte: 'Compte', telephone: 'Numéro' },
    };
    const profile = { ...JSON.parse(readFileSync(join(folder, 'wave.json'), 'utf8')), format };
    for (const fields of blocks) {
      const part = typeof fields === 'object' && fields !== null ? fields : {};
      const isFormat = Object.keys(part).every((key) => key in statementFormat.shape);
      const body = isFormat ? { ...profile, format: { ...format, ...part } } : { ...profile, ...part };
      expect(operatorProfile.safeParse(body).error?.issues ?? []).toEqual([]);
    }
  });

  it('names every field of a format, every role of a column and every token of a pattern', () => {
    for (const name of [...Object.keys(statementFormat.shape), ...Object.keys(COLUMN_NAMES)]) expect(GUIDE).toContain(`\`${name}\``);
    expect(Object.keys(COLUMN_NAMES)).toHaveLength(COLUMN_ROLES.length);
    for (const token of ['yyyy', 'yy', 'MM', 'M', 'MMM', 'dd', 'd', 'HH', 'H', 'hh', 'h', 'a', 'mm', 'ss', 'SSS', 'XXX']) {
      expect(patternParts(token)).toMatchObject([{ kind: 'field' }]);
      expect(GUIDE).toContain(`\`${token}\``);
    }
  });
});
