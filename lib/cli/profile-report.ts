import { secondsInstant, serialSeconds } from '../core/local-time.ts';
import type { ColumnRole, Operator } from '../core/operator.ts';
import { SET_ASIDE_REASONS } from '../core/set-aside.ts';
import { wireOperatorProfile } from '../http/operator-wire.ts';
import { wireSetAsideCounts } from '../http/outcome.ts';
import { SET_ASIDE_FRENCH } from '../use-cases/result-lines.ts';
import type { JudgedColumn } from './profile-columns.ts';
import type { ProfileResult, SurveyedSheet, Trial } from './profile-command.ts';
import type { MomentGuess } from './profile-dates.ts';
import { momentText, NEEDED_ROLES } from './profile-proposal.ts';
import { statusMeaning } from './profile-words.ts';

type Profiled = Extract<ProfileResult, { kind: 'profiled' }>;

const ROLE_FRENCH = {
  date: 'date',
  time: 'heure',
  payid: 'référence (payid)',
  status: 'statut',
  amount: 'montant',
  account: 'compte',
  phone: 'téléphone',
  transId: 'transId',
  debit: 'débit ou sens',
  type: 'type de ligne',
} as const satisfies Record<ColumnRole, string>;

const MEANING_FRENCH = { success: 'succès', failure: 'échec', unknown: 'inconnu' } as const;
const ENCODING = { 'utf-8': 'UTF-8', 'windows-1252': 'Windows-1252', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16 (gros-boutiste)' } as const;
const DELIMITER = { ';': 'point-virgule', ',': 'virgule', '\t': 'tabulation', '|': 'barre verticale' } as const;
const SHOWN_VALUES = 12;
const SHOWN_SAMPLES = 3;
const LONGEST_SAMPLE = 28;
const NAME_WIDTH = 34;
const ROLE_WIDTH = 18;

/** What `profile` found, as a person reads it at the terminal, in French. */
export function profileReport(result: ProfileResult): string {
  if (result.kind === 'unreadable') return `Fichier illisible. ${result.detail}`;
  const { chosen, sheets, proposal, trial, fit } = result;
  const { header } = chosen.survey;
  const roles = new Map([...chosen.guessed.roles].map(([role, column]) => [column.index, role]));
  return [
    `Fichier : ${result.path}`,
    `Format  : ${formatText(result)}`,
    ...(chosen.name === undefined ? [] : [`Feuilles : ${sheets.map((sheet) => sheetText(sheet, sheet === chosen)).join(', ')}`]),
    header === undefined
      ? 'En-tête : aucune ligne ne ressemble à un en-tête.'
      : `En-tête : ligne ${header.row + 1} des lignes non vides${header.rows === 2 ? ', sur deux lignes' : ''} ; ${chosen.survey.rows - header.row - header.rows} lignes dessous`,
    '',
    `${'N°'.padStart(3)}  ${'Colonne'.padEnd(NAME_WIDTH)}${'Sens probable'.padEnd(ROLE_WIDTH)}Exemples`,
    ...chosen.guessed.columns.map((column) => columnText(column, roles.get(column.index), chosen.epoch)),
    ...details(chosen),
    ...(fit === undefined ? [] : ['', `Format de l'opérateur ${fit.operator.code} : ${trialText(fit)}`]),
    ...(proposal === undefined
      ? ['', `Aucun profil ne peut être proposé : il manque ${missingRoles(chosen).join(', ')}.`]
      : [
          '',
          `Profil proposé${trial === undefined ? '' : ` : ${trialText(trial)}`}`,
          ...(proposal.toSettle.length === 0 ? [] : ['À régler avant de le déclarer :', ...proposal.toSettle.map((line) => `  - ${line}`)]),
          '',
          JSON.stringify(proposedProfile(proposal.operator), null, 2),
        ]),
  ].join('\n');
}

/** The same as one JSON object. */
export function profileJson(result: ProfileResult): Readonly<Record<string, unknown>> {
  if (result.kind === 'unreadable') return { error: 422, detail: result.detail };
  const { description, chosen, sheets, proposal, trial, fit } = result;
  const { header } = chosen.survey;
  const roles = new Map([...chosen.guessed.roles].map(([role, column]) => [column.index, role]));
  const valuesOf = (role: ColumnRole) => topValues(chosen.guessed.roles.get(role));
  return {
    fichier: { format: description.format, gzip: description.packed, encodage: description.encoding ?? null, separateur: description.delimiter ?? null },
    feuilles: chosen.name === undefined ? null : sheets.map((sheet) => ({ nom: sheet.name, lignes: sheet.survey.rows, retenue: sheet === chosen })),
    entete: header === undefined ? null : { ligne: header.row + 1, lignes: header.rows },
    colonnes: chosen.guessed.columns.map((column) => ({
      numero: column.index + 1,
      nom: column.name,
      rang: column.occurrence,
      remplies: column.filled,
      sens: frenchRole(roles.get(column.index)) ?? null,
      exemples: samples(column, roles.get(column.index), chosen.epoch),
    })),
    statuts: valuesOf('status').map(([statut, lignes]) => ({ statut, lignes, sens: MEANING_FRENCH[statusMeaning(statut)] })),
    comptes: valuesOf('account').map(([compte, lignes]) => ({ compte, lignes })),
    pays_des_telephones: chosen.guessed.roles.get('phone')?.phones?.country ?? null,
    a_regler: proposal?.toSettle ?? [],
    profil: proposal === undefined ? null : proposedProfile(proposal.operator),
    essai: trial === undefined ? null : trialJson(trial),
    operateur: fit === undefined ? null : { code: fit.operator.code, ...trialJson(fit) },
  };
}

/** The profile as the operators API takes it. The number is given there. */
export function proposedProfile(operator: Operator) {
  const { id: _id, ferme: _closed, ...profile } = wireOperatorProfile(operator);
  return profile;
}

function details({ guessed: { roles } }: SurveyedSheet): readonly string[] {
  const [date, time, amount, phone] = [roles.get('date'), roles.get('time'), roles.get('amount'), roles.get('phone')];
  const moments = [date?.moment, time?.moment].flatMap((moment) => (moment === undefined ? [] : [momentText(moment)]));
  const statuses = topValues(roles.get('status')).map(([word, rows]) => `${shortened(word)} (${rows}, ${MEANING_FRENCH[statusMeaning(word)]})`);
  const values = (role: ColumnRole) => topValues(roles.get(role)).map(([word, rows]) => `${shortened(word)} (${rows})`);
  return [
    '',
    ...(moments.length === 0 ? [] : [`Moment : ${moments.join(' + ')}`]),
    ...(amount === undefined ? [] : [`Montants : ${amountStyle(amount)}`]),
    ...(statuses.length === 0 ? [] : [`Statuts : ${statuses.join(', ')}`]),
    ...(roles.has('account') ? [`Comptes : ${values('account').join(', ')}`] : []),
    ...(phone?.phones === undefined
      ? []
      : [`Téléphones : ${phone.phones.country}${phone.phones.certain ? '' : ' (supposé)'}, ${Math.round(phone.phones.share * 100)} % des cellules`]),
    ...(roles.has('type') ? [`Types de ligne : ${values('type').join(', ')}`] : []),
  ];
}

function amountStyle({ sample, amounts }: JudgedColumn): string {
  const texts = sample.filter((cell) => typeof cell === 'string');
  const kinds = [
    ...(texts.length < sample.length ? ['nombres'] : []),
    ...(texts.length > 0 ? ['textes'] : []),
    ...(texts.some((text) => /\d[\s\u00a0\u202f]\d/u.test(text)) ? ['milliers séparés par un blanc'] : []),
    ...(texts.some((text) => /\d[.,]\d{3}(?!\d)/u.test(text)) ? ['milliers séparés par un signe'] : []),
    ...(texts.some((text) => /[.,]\d{1,2}\D*$/u.test(text)) ? ['décimales'] : []),
    ...(texts.some((text) => /[a-z$]/iu.test(text)) ? ['mot de devise'] : []),
    ...(texts.some((text) => text.trim() === '-') ? ['« - » sans crédit'] : []),
    ...(amounts.negative > 0 ? ['valeurs négatives'] : []),
  ];
  return kinds.join(', ');
}

function formatText({ description: { format, packed, encoding, delimiter } }: Profiled): string {
  const parts = [
    format,
    ...(packed ? ['dans un gzip'] : []),
    ...(encoding === undefined ? [] : [ENCODING[encoding]]),
    ...(delimiter === undefined ? [] : [`séparateur ${DELIMITER[delimiter]}`]),
  ];
  return parts.join(', ');
}

function sheetText({ name, survey: { rows } }: SurveyedSheet, chosen: boolean): string {
  return `« ${name ?? ''} » (${rows} lignes${chosen ? ', retenue' : ''})`;
}

function columnText(column: JudgedColumn, role: ColumnRole | undefined, epoch: 1900 | 1904): string {
  const name = column.occurrence > 1 ? `${column.name} (n° ${column.occurrence})` : column.name;
  return `${String(column.index + 1).padStart(3)}  ${cut(name, NAME_WIDTH - 2).padEnd(NAME_WIDTH)}${(frenchRole(role) ?? '').padEnd(ROLE_WIDTH)}${samples(column, role, epoch).join(' | ')}`.trimEnd();
}

function frenchRole(role: ColumnRole | undefined): string | undefined {
  return role === undefined ? undefined : ROLE_FRENCH[role];
}

/** Serial numbers of dates are shown as a spreadsheet shows them. */
function samples({ counts, moment }: JudgedColumn, role: ColumnRole | undefined, epoch: 1900 | 1904): readonly string[] {
  const areDates = (role === 'date' || role === 'time') && moment !== undefined && moment.serialShare > 0;
  const shown = (text: string) => (areDates ? dateText(Number(text), moment.purpose, epoch) : undefined) ?? shortened(text);
  return [...counts.keys()].slice(0, SHOWN_SAMPLES).map(shown);
}

function dateText(serial: number, purpose: MomentGuess['purpose'], epoch: 1900 | 1904): string | undefined {
  const seconds = serialSeconds(serial, epoch);
  if (seconds === undefined) return undefined;
  const [date = '', time = ''] = secondsInstant(seconds).slice(0, -1).split('T');
  return purpose === 'time' ? time : purpose === 'date' ? date : `${date} ${time}`;
}

function topValues(column: JudgedColumn | undefined): readonly (readonly [value: string, rows: number])[] {
  return [...(column?.counts ?? [])].sort(([, one], [, other]) => other - one).slice(0, SHOWN_VALUES);
}

function shortened(text: string): string {
  return cut(text.replace(/\s+/gu, ' '), LONGEST_SAMPLE);
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function missingRoles({ guessed: { roles } }: SurveyedSheet): readonly string[] {
  const missing = NEEDED_ROLES.filter((role) => !roles.has(role)).map((role) => ROLE_FRENCH[role]);
  const needsTime = roles.get('date')?.moment?.purpose === 'date' && !roles.has('time');
  return needsTime ? [...missing, ROLE_FRENCH.time] : missing;
}

function trialText({ refusal, rows, bad, setAside, sheet }: Trial): string {
  const aside =
    setAside === undefined ? [] : SET_ASIDE_REASONS.flatMap((reason) => (setAside[reason] > 0 ? [`${setAside[reason]} mises de côté (${SET_ASIDE_FRENCH[reason]})`] : []));
  const counts = [`${rows} ligne(s) lues${sheet === undefined ? '' : ` dans la feuille « ${sheet} »`}`, ...aside, ...(bad > 0 ? [`${bad} en erreur`] : [])].join(', ');
  return refusal === undefined ? `convient, ${counts}` : `ne convient pas. ${refusal}`;
}

function trialJson({ refusal, rows, bad, setAside }: Trial) {
  return { convient: refusal === undefined, raison: refusal ?? null, lignes: rows, en_erreur: bad, mis_de_cote: setAside === undefined ? null : wireSetAsideCounts(setAside) };
}
