import * as z from 'zod';
import { COLUMN_ROLES, CURRENCIES, type Operator } from '../../core/operator.ts';
import { COUNTRIES } from '../../core/phone.ts';

const text = z.string();
const texts = z.array(text);
const debitRows = z.enum(['set-aside', 'negative']);

const moment = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('one-column'), column: text, pattern: text, otherPatterns: texts.exactOptional(), trailingText: z.boolean().exactOptional() }),
  z.object({
    kind: z.literal('two-columns'),
    dateColumn: text,
    datePattern: text,
    otherDatePatterns: texts.exactOptional(),
    timeColumn: text,
    timePattern: text,
    otherTimePatterns: texts.exactOptional(),
  }),
]);

const search = z.partialRecord(z.enum(COLUMN_ROLES), z.object({ otherHeaders: texts.exactOptional(), occurrence: z.int().positive().exactOptional() }));

const debits = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('column'), column: text, rows: debitRows }),
  z.object({ kind: z.literal('word'), column: text, credit: texts, debit: texts, rows: debitRows }),
  z.object({ kind: z.literal('minus-sign') }),
]);

const layout = z.object({
  name: text,
  moment,
  columns: z.object({ payid: text, status: text, amount: text, account: text, phone: text.exactOptional(), transId: text.exactOptional() }),
  sheet: text.exactOptional(),
  headerRows: z.literal([1, 2]).exactOptional(),
  search: search.exactOptional(),
  debits: debits.exactOptional(),
  rowType: z.object({ column: text, only: texts }).exactOptional(),
});

const clause = { merchant: text.exactOptional(), serviceName: text.exactOptional() };

const operator = z.object({
  id: z.int().positive(),
  code: text,
  name: text,
  description: text,
  account: text,
  country: z.enum(COUNTRIES),
  timeZone: text,
  currency: z.enum(CURRENCIES),
  layout,
  correspondenceKey: z.enum(['phone', 'transId']),
  ledger: z.object({ paymentMethod: text, ...clause, exclude: z.array(z.object({ paymentMethod: text.exactOptional(), ...clause })) }),
  marginMinutes: z.int().nonnegative(),
  successStatuses: texts.exactOptional(),
  failureStatuses: texts.exactOptional(),

  badRows: z.enum(['refuse', 'quarantine']),
  closed: z.boolean().exactOptional(),
});

/** A type whose every field is there, at every depth. */
type Complete<T> = T extends string | number | boolean ? T : T extends readonly (infer Item)[] ? readonly Complete<Item>[] : { readonly [Field in keyof T]-?: Complete<T[Field]> };

/** A field of an operator that would not be stored does not compile. */
type Kept = Complete<z.infer<typeof operator>> extends Complete<Operator> ? z.ZodType<Operator> : never;

/** An operator as the registry holds it, keys left out. */
export const storedOperator: Kept = operator;
