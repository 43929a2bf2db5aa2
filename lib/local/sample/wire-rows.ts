import { amountText, MINOR_DIGITS } from '../../core/money.ts';
import type { LedgerSelection, Operator } from '../../core/operator.ts';
import type { Cell } from '../../core/rows.ts';
import { amountSpelling } from './amount-spelling.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { Random } from './random.ts';
import type { StatementEntry } from './statement-entry.ts';
import { phoneSpelling } from './subscriber.ts';

/** A row of an operator's file, by header. */
export type StatementObject = Readonly<Record<string, Cell>>;

/** A ledger transaction with the names that it has on the wire. */
export interface LedgerObject {
  readonly created_at: string;
  readonly cpm_payment_date: string;
  readonly marchand: string;
  readonly EmailMarchand: string;
  readonly NomDuService: string;
  readonly cpm_trans_id: string;
  readonly cpm_site_id: string;
  readonly cpm_amount: string;
  readonly cpm_currency: string;
  readonly payment_method: string;
  readonly cel_phone_num: Cell;
  readonly cpm_trans_status: string;
  readonly cpm_payid: string | null;
  readonly cpm_custom: string;
}

/** The statement row as the operator's layout shows it. */
export function statementObject(operator: Operator, entry: StatementEntry, random: Random): StatementObject {
  const { columns } = operator.layout;
  return {
    ...momentCells(operator, entry.wall, random),
    [columns.payid]: random.chance(0.05) ? ` ${entry.payid}\t` : entry.payid,
    [columns.status]: operator.successStatuses?.[0] ?? random.pick(['SUCCES', 'SUCCES', 'Succès', 'succes ']),
    [columns.amount]: entry.credit ? amountSpelling(entry.amount, operator.currency, random) : '-',
    [columns.account]: operator.account,
    ...(columns.phone === undefined ? {} : { [columns.phone]: phoneSpelling(entry.phone, operator.country, random) }),
    ...(columns.transId === undefined ? {} : { [columns.transId]: entry.transId }),
    ...(random.chance(0.2) ? { Commentaire: 'x' } : {}),
  };
}

function momentCells({ layout: { moment } }: Operator, wall: number, random: Random): StatementObject {
  if (moment.kind === 'two-columns') {
    return { [moment.dateColumn]: patternText(moment.datePattern, wall), [moment.timeColumn]: patternText(moment.timePattern, wall) };
  }
  const text = patternText(moment.pattern, wall);
  const blanks = random.chance(0.1) ? text.replace(' ', '  ') : text;
  const fraction = random.chance(0.1) ? '.123' : '';
  return { [moment.column]: `${blanks}${fraction}${moment.trailingText === true && random.chance(0.2) ? ' GMT+0000' : ''}` };
}

/** A wall clock moment by a pattern of `yyyy yy MM dd HH mm ss`. */
export function patternText(pattern: string, wall: number): string {
  const iso = new Date(wall * 1_000).toISOString();
  const parts: Readonly<Record<string, string>> = {
    yyyy: iso.slice(0, 4),
    yy: iso.slice(2, 4),
    MM: iso.slice(5, 7),
    dd: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
  };
  return pattern.replace(/yyyy|yy|MM|dd|HH|mm|ss/gu, (part) => parts[part] ?? part);
}

const SUCCESS = ['SUCCES', 'SUCCES', 'SUCCES', 'SUCCESS', 'ACCEPTED', 'succes ', ' Accepted'] as const;
const FAILED = ['', 'FAILED', 'CANCELLED', 'PENDING', 'INSUCCES', 'ERROR_FLOOZPAY_UNAVAILABLE', 'failed ', 'MYSTERE'] as const;

/** @param utcMicros moment of creation, microseconds since 1970 */
export function ledgerObject(operator: Operator, entry: LedgerEntry, utcMicros: number, random: Random): LedgerObject {
  const { paymentMethod, merchant, serviceName } = entry.own ? ownLabels(operator.ledger, random) : foreignLabels(operator.ledger, random);
  const created = instantText(utcMicros);
  return {
    created_at: created,
    cpm_payment_date: entry.success && random.chance(0.5) ? created : '',
    marchand: merchant,
    EmailMarchand: '',
    NomDuService: serviceName,
    cpm_trans_id: entry.id,
    cpm_site_id: '1',
    cpm_amount: amountText(entry.amount, MINOR_DIGITS[operator.currency]).replace(/\.00$/u, ''),
    cpm_currency: operator.currency,
    payment_method: paymentMethod,
    cel_phone_num: phoneSpelling(entry.phone, operator.country, random),
    cpm_trans_status: random.pick(entry.success ? SUCCESS : FAILED),
    cpm_payid: entry.payid,
    cpm_custom: entry.transId,
  };
}

interface Labels {
  readonly paymentMethod: string;
  readonly merchant: string;
  readonly serviceName: string;
}

/** A merchant called DDVA is left out only together with the payment method of its clause. */
function ownLabels(selection: LedgerSelection, random: Random): Labels {
  return {
    paymentMethod: selection.paymentMethod,
    merchant: selection.merchant ?? random.pick(['BOUTIQUE A', 'BOUTIQUE B', 'AUTRE', 'DDVA']),
    serviceName: selection.serviceName ?? random.pick(['SHOP', 'ONECI']),
  };
}

function foreignLabels(selection: LedgerSelection, random: Random): Labels {
  const own = ownLabels(selection, random);
  const excluded = selection.exclude.find(({ paymentMethod }) => paymentMethod === undefined);
  const ways: readonly Labels[] = [
    ...(excluded === undefined ? [] : [{ ...own, merchant: excluded.merchant ?? own.merchant, serviceName: excluded.serviceName ?? own.serviceName }]),
    ...(selection.merchant === undefined ? [] : [{ ...own, merchant: 'AUTRE' }]),
    ...(selection.serviceName === undefined ? [] : [{ ...own, serviceName: 'SHOP' }]),
  ];
  return random.pick([{ ...own, paymentMethod: 'AUTREPAY' }, ...ways]);
}

function instantText(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = micros - seconds * 1_000_000;
  const text = new Date(seconds * 1_000).toISOString().slice(0, 19);
  return fraction === 0 ? `${text}Z` : `${text}.${String(fraction).padStart(6, '0')}Z`;
}
