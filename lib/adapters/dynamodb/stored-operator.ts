import * as z from 'zod';
import { CURRENCIES, type Operator } from '../../core/operator.ts';
import { COUNTRIES } from '../../core/phone.ts';

const text = z.string();

/** An operator as the registry holds it, keys left out. */
export const storedOperator: z.ZodType<Operator> = z.object({
  id: z.int().positive(),
  code: text,
  name: text,
  description: text,
  account: text,
  country: z.enum(COUNTRIES),
  timeZone: text,
  currency: z.enum(CURRENCIES),
  layout: z.object({
    name: text,
    moment: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('one-column'), column: text, pattern: text, trailingText: z.boolean().exactOptional() }),
      z.object({ kind: z.literal('two-columns'), dateColumn: text, datePattern: text, timeColumn: text, timePattern: text }),
    ]),
    columns: z.object({ payid: text, status: text, amount: text, account: text, phone: text.exactOptional(), transId: text.exactOptional() }),
  }),
  correspondenceKey: z.enum(['phone', 'transId']),
  ledger: z.object({
    paymentMethod: text,
    merchant: text.exactOptional(),
    serviceName: text.exactOptional(),
    exclude: z.array(z.object({ paymentMethod: text.exactOptional(), merchant: text.exactOptional(), serviceName: text.exactOptional() })),
  }),
  marginMinutes: z.int().nonnegative(),
  successStatuses: z.array(text).exactOptional(),
  badRows: z.enum(['refuse', 'quarantine']),
  closed: z.boolean().exactOptional(),
});
