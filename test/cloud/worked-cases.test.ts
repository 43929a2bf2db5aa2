import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { workbookOf } from '../../lib/local/launch/workbook.ts';
import { detailsOf, finishedTache, postJson, putObject, tacheOfFile, tokenOf } from './cloud-client.ts';
import { resultClasses, sortedClasses } from './result-classes.ts';

const CASES = new URL('../fixtures/cases/', import.meta.url);

const pair = z.tuple([z.number(), z.string()]);
const worked = z.object({
  operateur: z.string(),
  dateDebut: z.string().nullish(),
  dateFin: z.string().nullish(),
  statement: z.array(z.record(z.string(), z.unknown())),
  ledger: z.array(z.record(z.string(), z.unknown())),
  expected: z.object({
    totaux: z.record(z.string(), z.number()),
    classes: z.object({
      rapproche: z.array(pair),
      montant_different: z.array(pair),
      correspondent: z.array(pair),
      doublon_operateur: z.array(z.number()),
      not_correspondent: z.array(z.number()),
      mis_de_cote: z.array(z.number()),
      doublon_cinetpay: z.array(z.string()),
      absent_operateur: z.array(z.string()),
    }),
  }),
});

const files = readdirSync(CASES).filter((name) => name.endsWith('.json'));
const caseOf = (name: string) => worked.parse(JSON.parse(readFileSync(new URL(name, CASES), 'utf8')));

/** Two operators that share a ledger would see each other's decoys on the same day: their cases are imported one after the other. */
describe('a worked case, through the whole local cloud', () => {
  let token = '';
  beforeAll(async () => {
    token = await tokenOf('agent');
  });

  it.each(files)('%s posted to the API comes to the expected totals, classes and pairs', async (name) => {
    const { operateur, dateDebut, dateFin, statement, ledger, expected } = caseOf(name);
    await postJson('/cinetpay/', ledger, token);
    const answer = await postJson('/reconciliation/', { operateur, fichier: statement, dateDebut, dateFin, fileName: name }, token);
    expect(answer).toMatchObject({ status: 200, body: { details: { montantOperateur: 'ENCOURS' } } });
    const { details } = z.object({ details: z.object({ id: z.number() }) }).parse(answer.body);
    const tache = await finishedTache(details.id);
    expect(tache.etat).toBe('ATTENTE');
    expect(tache).toMatchObject(mainUnits(expected.totaux, tache.devise));
    expect(sortedClasses(await resultClasses(details.id))).toEqual(sortedClasses(expected.classes));
    const shown = await detailsOf(details.id);
    expect(shown.correspondent).toHaveLength(expected.classes.correspondent.length);
    expect(shown.not_correspondent).toHaveLength(expected.classes.not_correspondent.length);
  });

  it.each(['MTNCI-101.json', 'OMSN-140.json', 'DDVAVISA-106.json'])('%s dropped as a workbook comes to the same', async (name) => {
    const { operateur, statement, ledger, expected } = caseOf(name);
    await postJson('/cinetpay/', ledger, token);
    const fileName = name.replace('.json', '.xlsx');
    await putObject(`depot/operateurs/${operateur}/${fileName}`, workbookOf(statement));
    const id = await tacheOfFile(fileName);
    expect(await finishedTache(id)).toMatchObject({ etat: 'ATTENTE', owner: 'depot', countOperator: expected.totaux['countOperator'] });
  });
});

/** A case gives minor units; the API answers in the main unit. */
function mainUnits(totaux: Readonly<Record<string, number>>, devise: string) {
  const scale = devise === 'CDF' || devise === 'USD' ? 100 : 1;
  return Object.fromEntries(Object.entries(totaux).map(([name, value]) => [name, name.includes('ontant') ? value / scale : value]));
}
