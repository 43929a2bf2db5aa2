import type * as z from 'zod';
import type { ExcludeClause, Operator } from '../core/operator.ts';
import { Failure } from '../use-cases/failure.ts';
import type { OperatorWish } from '../use-cases/manage-operators.ts';
import { fieldErrors } from './field-errors.ts';
import { layoutOf, wireFormat } from './format-wire.ts';
import { type OperatorFields, type operatorPatch, operatorProfile, type operatorProfileAnswer, type operatorRemoval } from './schemas/operator-profile.ts';

const DEFAULT_MARGIN_MINUTES = 60;

const BAD_ROWS = { refuser: 'refuse', ecarter: 'quarantine' } as const;
const KEYS = { telephone: 'phone', transId: 'transId' } as const;

/** The operator that a body describes; what it leaves out is as for the operators of the catalogue. */
export function operatorWish(body: OperatorFields): OperatorWish {
  const { payment_method: paymentMethod, merchant, serviceName, exclusions } = body.cinetpay;
  return {
    id: body.id,
    code: body.code,
    name: body.nom,
    description: body.description,
    account: body.account,
    country: body.pays,
    timeZone: body.fuseau,
    currency: body.devise,
    layout: layoutOf(body.format, body.code.toLowerCase()),
    correspondenceKey: KEYS[body.cleCorrespondance],
    ledger: {
      paymentMethod,
      ...(merchant && { merchant }),
      ...(serviceName && { serviceName }),
      exclude: (exclusions ?? []).map(clauseOf),
    },
    marginMinutes: body.margeMinutes ?? DEFAULT_MARGIN_MINUTES,
    ...(body.statutsSucces && { successStatuses: body.statutsSucces }),
    ...(body.statutsEchec && { failureStatuses: body.statutsEchec }),
    badRows: BAD_ROWS[body.lignesEnErreur ?? 'refuser'],
    ...(body.ferme === true && { closed: true }),
  };
}

/** An operator after a patch. @throws Failure where the whole is not sound any more */
export function patchedOperator(current: Operator, patch: z.infer<typeof operatorPatch>): OperatorWish {
  const parsed = operatorProfile.safeParse({ ...wireOperatorProfile(current), ...patch });
  if (!parsed.success) {
    throw new Failure({ code: 'invalid-request', detail: 'La requête comporte des champs manquants ou invalides.', errors: fieldErrors(parsed.error.issues) });
  }
  return operatorWish(parsed.data);
}

export function wireOperatorProfile(operator: Operator): z.infer<typeof operatorProfileAnswer> {
  const { layout, ledger } = operator;
  return {
    id: operator.id,
    code: operator.code,
    nom: operator.name,
    description: operator.description,
    account: operator.account,
    pays: operator.country,
    fuseau: operator.timeZone,
    devise: operator.currency,
    format: wireFormat(layout),
    cleCorrespondance: operator.correspondenceKey === 'phone' ? 'telephone' : 'transId',
    cinetpay: {
      payment_method: ledger.paymentMethod,
      merchant: ledger.merchant ?? null,
      serviceName: ledger.serviceName ?? null,
      exclusions: ledger.exclude.map(({ paymentMethod, merchant, serviceName }) => ({
        payment_method: paymentMethod ?? null,
        merchant: merchant ?? null,
        serviceName: serviceName ?? null,
      })),
    },
    margeMinutes: operator.marginMinutes,
    statutsSucces: operator.successStatuses === undefined ? null : [...operator.successStatuses],
    statutsEchec: operator.failureStatuses === undefined ? null : [...operator.failureStatuses],
    lignesEnErreur: operator.badRows === 'refuse' ? 'refuser' : 'ecarter',
    ferme: operator.closed === true,
  };
}

export function wireRemoval(outcome: 'closed' | 'removed'): z.infer<typeof operatorRemoval> {
  return outcome === 'closed'
    ? { resultat: "L'opérateur a des tâches : il est fermé. Elles restent lisibles, et il ne reçoit plus de relevés.", ferme: true }
    : { resultat: "L'opérateur est supprimé.", ferme: false };
}

function clauseOf({ payment_method, merchant, serviceName }: NonNullable<OperatorFields['cinetpay']['exclusions']>[number]): ExcludeClause {
  return { ...(payment_method && { paymentMethod: payment_method }), ...(merchant && { merchant }), ...(serviceName && { serviceName }) };
}
