import { describe, expect, it } from 'vitest';
import { UploadedFile } from '../../lib/http/body.ts';
import { fieldErrors } from '../../lib/http/field-errors.ts';
import { acknowledgement, statementSubmission, wireAcknowledgement } from '../../lib/http/schemas/submission.ts';
import { aTache } from '../use-cases/a-tache.ts';

const ROWS = [{ Référence: 'PP1' }];
const GOOD = { operateur: 'OMCI', fichier: ROWS, dateDebut: '2026-03-07T00:00', dateFin: '2026-03-07T23:59', fileName: 'mars.json' };
const FILE = new UploadedFile('mars.xlsx', Buffer.from([80, 75, 3, 4]));

/** The texts of the fields that are wrong; `undefined` where none is. */
function errorsOf(body: unknown) {
  const { error } = statementSubmission.safeParse(body);
  return error && fieldErrors(error.issues);
}

const fieldsOf = (body: unknown) => Object.keys(errorsOf(body) ?? {});
const parsed = (changes: Readonly<Record<string, unknown>> = {}) => statementSubmission.parse({ ...GOOD, ...changes });

describe('a submission', () => {
  it('is a statement as bytes, its operator, its name and its period', () => {
    expect(parsed()).toEqual({
      operatorCode: 'OMCI',
      content: Buffer.from(JSON.stringify(ROWS)),
      contentType: 'application/json',
      fileName: 'mars.json',
      bounds: { start: '2026-03-07T00:00', end: '2026-03-07T23:59' },
    });
  });

  it.each([
    ['null', null],
    ['a text', 'x'],
    ['a number', 42],
    ['a list', []],
    ['nothing', undefined],
  ])('that is %s is wrong as a whole', (_what, body) => {
    expect(fieldsOf(body)).toEqual(['corps']);
  });

  it('of an empty object lacks operator, file and name', () => {
    expect(errorsOf({})).toEqual({ operateur: ['Ce champ est obligatoire.'], fichier: [expect.stringContaining('relevé')], fileName: ['Ce champ est obligatoire.'] });
  });
});

describe('the statement of a submission', () => {
  it.each([
    ['rows', ROWS, JSON.stringify(ROWS)],
    ['rows under the name of a sheet', { Feuil1: ROWS }, JSON.stringify({ Feuil1: ROWS })],
    ['rows as a JSON text', JSON.stringify(ROWS), JSON.stringify(ROWS)],
    ['no rows', [], '[]'],
  ])('may be %s', (_what, fichier, text) => {
    expect(Buffer.from(parsed({ fichier }).content).toString()).toBe(text);
  });

  it('may be a file, whose bytes are kept as they are', () => {
    expect(parsed({ fichier: FILE })).toMatchObject({ content: FILE.bytes, contentType: 'application/octet-stream', fileName: 'mars.json' });
  });

  it.each([[null], [''], [42], [true]])('is never %j', (fichier) => {
    expect(fieldsOf({ ...GOOD, fichier })).toEqual(['fichier']);
  });
});

describe('the period of a submission', () => {
  it.each([[undefined], [null], [''], ['  ']])('of bounds that are %j is taken from the rows', (bound) => {
    expect(parsed({ dateDebut: bound, dateFin: bound }).bounds).toEqual({});
  });

  it('may have one bound', () => {
    expect(parsed({ dateFin: null }).bounds).toEqual({ start: '2026-03-07T00:00' });
    expect(parsed({ dateDebut: '' }).bounds).toEqual({ end: '2026-03-07T23:59' });
  });

  it('may be a single minute', () => {
    expect(parsed({ dateDebut: '2026-03-07T12:00', dateFin: '2026-03-07T12:00' }).bounds).toEqual({ start: '2026-03-07T12:00', end: '2026-03-07T12:00' });
  });

  it('that ends before it begins is wrong at its end', () => {
    expect(errorsOf({ ...GOOD, dateFin: '2026-03-06T23:59' })).toEqual({ dateFin: ['La fin de la période précède son début.'] });
  });

  it.each([['2026-03-07'], ['2026-03-07T12:00:30'], ['2026-02-30T12:00'], ['2026-03-07T24:00'], ['07/03/2026 12:00'], ['2026-03-07T12:00Z'], ['hier'], [20260307]])(
    'is not written %j',
    (bound) => {
      expect(fieldsOf({ ...GOOD, dateDebut: bound })).toEqual(['dateDebut']);
    },
  );
});

describe('the name of a submission', () => {
  it.each([['../../etc/passwd'], ['C:\\relevés\\mars.xlsx'], ['relevé du 2 🧾.json'], ["l'état <1>.csv"], ['x'.repeat(255)], ['🧾'.repeat(255)]])(
    'may be %s: it is a text, never a path',
    (fileName) => {
      expect(parsed({ fileName }).fileName).toBe(fileName);
    },
  );

  it('has no blanks around it', () => {
    expect(parsed({ fileName: ' mars.json\u00a0' }).fileName).toBe('mars.json');
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['blank', '   '],
    ['empty', ''],
    ['a number', 7],
    ['300 characters', 'x'.repeat(300)],
    ['256 emoji', '🧾'.repeat(256)],
    ['with a line break', 'a\nb'],
    ['with a zero', 'a\u0000b'],
    ['with a tab within', 'a\tb'],
  ])('is not %s', (_what, fileName) => {
    const { fileName: _, ...nameless } = GOOD;
    const body = fileName === undefined ? nameless : { ...GOOD, fileName };
    expect(fieldsOf(body)).toEqual(['fileName']);
    expect(Object.values(errorsOf(body) ?? {}).flat()).toEqual([expect.stringMatching(/^\p{Lu}.*\.$/u)]);
  });

  it.each([
    ['left out', {}],
    ['left blank', { fileName: ' ' }],
    ['null', { fileName: null }],
  ])('is that of the file where it is %s', (_what, changes) => {
    const { fileName: _, ...nameless } = GOOD;
    expect(statementSubmission.parse({ ...nameless, ...changes, fichier: FILE }).fileName).toBe('mars.xlsx');
  });

  it('is wrong where neither has one', () => {
    expect(fieldsOf({ ...GOOD, fileName: '', fichier: new UploadedFile('', Buffer.from('x')) })).toEqual(['fileName']);
  });
});

describe('the answer to a submission', () => {
  it('is the seed’s sentence and the tache', () => {
    expect(acknowledgement.parse(wireAcknowledgement(aTache()))).toMatchObject({
      resultat: 'La demande de traitement a été enregistrée avec succès. Nous vous notifierons le résultat à la fin du traitement.',
      details: { id: 1, etat: 'CREATION', montantOperateur: 'ENCOURS' },
    });
  });
});
