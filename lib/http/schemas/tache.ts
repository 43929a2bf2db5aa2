import * as z from 'zod';
import { instantMicros, secondsInstant } from '../../core/local-time.ts';
import { amountNumber, MINOR_DIGITS } from '../../core/money.ts';
import { TACHE_STATES, type Tache, type TacheOutcome } from '../../core/tache.ts';
import type { TacheFilter } from '../../ports.ts';
import { wireBridge } from '../outcome.ts';
import { optionalFilter, pagingQuery } from './paging.ts';
import { numberFigures, textFigures, wireNumberFigures, wireTextFigures } from './tache-figures.ts';

const instant = z.iso.datetime();
const common = {
  id: z.int(),
  dateCreation: instant,
  dateUpdate: instant,
  etat: z.enum(TACHE_STATES),
  owner: z.string(),
  fileName: z.string(),
  libelle: z.string(),
  description: z.string(),
  dateDebut: instant.nullable(),
  dateFin: instant.nullable(),
  operateur: z.int(),
};

/** A tache in the list: the seed gives its figures as decimal strings there. */
export const listedTache = z.object({ ...common, ...textFigures });

export const tacheList = z.array(listedTache);

const bridgeLine = z.object({ montant: z.number(), nombre: z.int() });

/** The bridge from the operator's total to CinetPay's. `residu` is 0. */
export const passage = z.object({
  correspondent: bridgeLine,
  not_correspondent: bridgeLine,
  doublon_operateur: bridgeLine,
  montant_different: bridgeLine,
  doublon_cinetpay: bridgeLine,
  absent_operateur: bridgeLine,
  residu: z.literal(0),
  residuNombre: z.literal(0),
});

const comptes = z.object({
  rapproche: z.int(),
  montant_different: z.int(),
  doublon_operateur: z.int(),
  doublon_cinetpay: z.int(),
  correspondent: z.int(),
  not_correspondent: z.int(),
  absent_operateur: z.int(),
  limite: z.int(),
  ambigu: z.int(),
  unclassified: z.int(),
  lues: z.int(),
  mis_de_cote: z.int(),
  en_erreur: z.int(),
  ignorees: z.int(),
  devise_etrangere: z.int(),
});

/** A tache by itself: figures as numbers, the bridge and the counts once finished, the progress until then. */
export const singleTache = z.object({
  ...common,
  ...numberFigures,
  devise: z.string(),
  progression: z.object({ etape: z.string(), lignes: z.int(), pourcent: z.number() }).optional(),
  passage: passage.optional(),
  comptes: comptes.optional(),
});

export function wireListedTache(tache: Tache): z.infer<typeof listedTache> {
  return { ...commonFields(tache), ...wireTextFigures(tache) };
}

export function wireTache(tache: Tache): z.infer<typeof singleTache> {
  const { progress, outcome } = tache;
  return {
    ...commonFields(tache),
    ...wireNumberFigures(tache),
    devise: tache.currency,
    ...(progress && outcome === undefined && { progression: { etape: progress.step, lignes: progress.rows, pourcent: progress.percent } }),
    ...(outcome && { passage: passage.parse(wireBridge(outcome.bridge, (minor) => amountNumber(minor, MINOR_DIGITS[tache.currency]))), comptes: countsOf(outcome) }),
  };
}

function commonFields(tache: Tache) {
  return {
    id: tache.id,
    dateCreation: tache.createdAt,
    dateUpdate: tache.updatedAt,
    etat: tache.state,
    owner: tache.owner,
    fileName: tache.fileName,
    libelle: `tache #${tache.createdAt.replace('T', ' ').replace('Z', '')}`,
    description: tache.description,
    dateDebut: tache.period?.start ?? null,
    dateFin: tache.period?.end ?? null,
    operateur: tache.operatorId,
  };
}

function countsOf({ counts }: TacheOutcome): z.infer<typeof comptes> {
  return {
    rapproche: counts.matched,
    montant_different: counts.amountDiffers,
    doublon_operateur: counts.statementDuplicates,
    doublon_cinetpay: counts.ledgerDuplicates,
    correspondent: counts.correspondents,
    not_correspondent: counts.unexplained,
    absent_operateur: counts.absent,
    limite: counts.nearEdge,
    ambigu: counts.ambiguous,
    unclassified: counts.unclassified,
    lues: counts.read,
    mis_de_cote: counts.setAside,
    en_erreur: counts.bad,
    ignorees: counts.skipped,
    devise_etrangere: counts.foreign,
  };
}

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 500;

/** An instant of a filter in UTC: a whole instant, a minute, or a day, which for `dateFin` means its end. */
function instantFilter(endOfDay: boolean) {
  return z
    .string()
    .refine((text) => filterInstant(text, endOfDay) !== undefined, { error: 'Date attendue sous la forme AAAA-MM-JJ ou AAAA-MM-JJTHH:MM.' })
    .transform((text) => filterInstant(text, endOfDay));
}

function filterInstant(text: string, endOfDay: boolean): string | undefined {
  const whole = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T${endOfDay ? '23:59:59' : '00:00:00'}Z` : /T\d{2}:\d{2}$/u.test(text) ? `${text}:00Z` : text;
  const micros = instantMicros(whole);
  return micros === undefined ? undefined : secondsInstant(Math.floor(micros / 1_000_000));
}

/** The filters of `GET /taches/`. `opateur__pk` is the old spelling of `operateur`. */
export const tachesQuery = z.object({
  ...pagingQuery(DEFAULT_PAGE, LARGEST_PAGE),
  operateur: optionalFilter(z.string()),
  opateur__pk: optionalFilter(z.string()),
  dateDebut: optionalFilter(instantFilter(false)),
  dateFin: optionalFilter(instantFilter(true)),
  etat: optionalFilter(z.enum(TACHE_STATES)),
  fileName__icontains: optionalFilter(z.string()),
});

export function tacheFilter(query: z.infer<typeof tachesQuery>): TacheFilter {
  return {
    operatorCode: query.operateur,
    ...operatorFilter(query.opateur__pk),
    state: query.etat,
    fileNamePart: query.fileName__icontains,
    from: query.dateDebut,
    to: query.dateFin,
  };
}

/** The old spelling held the operator's key in the old database: a code, or the integer id. */
function operatorFilter(key: string | undefined): TacheFilter {
  if (key === undefined) return {};
  return /^\d+$/u.test(key) ? { operatorId: Number(key) } : { operatorCode: key };
}
