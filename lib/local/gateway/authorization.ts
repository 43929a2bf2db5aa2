import type { LocalLog } from '../local-event.ts';
import { AuthorizerAnswer, evaluate } from './access-policy.ts';
import { headerOf } from './client-request.ts';
import type { GatewayFault } from './gateway-response.ts';
import { type AuthorizerContext, methodArn, type RequestSituation, requestContext, requestFields } from './proxy-event.ts';
import type { ApiAuthorizer, IdentitySource } from './rest-api.ts';

export type Authorization = { readonly granted: true; readonly context: AuthorizerContext } | { readonly granted: false; readonly fault: GatewayFault };

type Asked = { readonly answer: AuthorizerAnswer } | { readonly fault: GatewayFault };

const UNAUTHORIZED: GatewayFault = { type: 'UNAUTHORIZED', message: 'Unauthorized' };

/**
 * Returns the function that asks the Lambda authorizers of an API. It remembers their answers as long as each says;
 * a remembered policy is read again for every method, so one that names a single method refuses the next one, as on AWS.
 */
export function authorizations(log: LocalLog): (authorizer: ApiAuthorizer, situation: RequestSituation) => Promise<Authorization> {
  const remembered = new Map<string, { readonly answer: AuthorizerAnswer; readonly until: number }>();

  const answerFor = async (authorizer: ApiAuthorizer, situation: RequestSituation, identity: readonly string[]): Promise<Asked> => {
    const key = JSON.stringify([authorizer.id, ...identity]);
    const known = remembered.get(key);
    if (known !== undefined && known.until > Date.now()) return known;
    const asked = await ask(authorizer, situation, identity, log);
    if ('answer' in asked && authorizer.ttlSeconds > 0) remembered.set(key, { answer: asked.answer, until: Date.now() + authorizer.ttlSeconds * 1_000 });
    return asked;
  };

  return async (authorizer, situation) => {
    const identity = authorizer.identitySources.map((source) => identityValue(source, situation));
    const given = identity.filter((value) => value !== undefined && value !== '');
    if (given.length < identity.length) return { granted: false, fault: UNAUTHORIZED };
    if (authorizer.validation !== undefined && !given.every((value) => authorizer.validation?.test(value ?? ''))) return { granted: false, fault: UNAUTHORIZED };
    const asked = await answerFor(
      authorizer,
      situation,
      given.filter((value) => value !== undefined),
    );
    return 'fault' in asked ? { granted: false, fault: asked.fault } : judge(asked.answer, situation);
  };
}

function identityValue({ place, name }: IdentitySource, { request }: RequestSituation): string | undefined {
  return place === 'header' ? headerOf(request, name) : (request.query.get(name) ?? undefined);
}

async function ask(authorizer: ApiAuthorizer, situation: RequestSituation, identity: readonly string[], log: LocalLog): Promise<Asked> {
  const event =
    authorizer.kind === 'TOKEN'
      ? { type: 'TOKEN', authorizationToken: identity[0], methodArn: methodArn(situation) }
      : { type: 'REQUEST', methodArn: methodArn(situation), ...requestFields(situation), requestContext: requestContext(situation) };
  const result = await authorizer.target.invoke(JSON.stringify(event));
  if (!result.ok) {
    if (result.failure.errorMessage === 'Unauthorized') return { fault: UNAUTHORIZED };
    return { fault: { type: 'AUTHORIZER_FAILURE', message: undefined } };
  }
  const answer = AuthorizerAnswer.safeParse(JSON.parse(result.payload));
  if (answer.success) return { answer: answer.data };
  log({ kind: 'fault', source: authorizer.target.settings.name, message: `not an authorizer's answer: ${answer.error.message}` });
  return { fault: { type: 'AUTHORIZER_CONFIGURATION_ERROR', message: undefined } };
}

function judge(answer: AuthorizerAnswer, situation: RequestSituation): Authorization {
  const verdict = evaluate(answer, methodArn(situation));
  if (verdict === 'allowed') return { granted: true, context: passedOn(answer) };
  const message = `User is not authorized to access this resource${verdict === 'explicitly denied' ? ' with an explicit deny' : ''}`;
  return { granted: false, fault: { type: 'ACCESS_DENIED', message } };
}

function passedOn({ principalId, context }: AuthorizerAnswer): AuthorizerContext {
  // API Gateway turns numbers and booleans into text.
  const entries = Object.entries(context ?? {}).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)] as const]));
  return { ...Object.fromEntries(entries), principalId };
}
