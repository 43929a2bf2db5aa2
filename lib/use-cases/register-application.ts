import { createHash } from 'node:crypto';
import { type Application, type ApplicationFault, type ApplicationField, type ApplicationWish, applicationFaults } from '../core/application.ts';
import type { ApplicationClients, Applications } from '../ports.ts';
import { Failure, type FieldErrors } from './failure.ts';

export interface RegistrationDependencies {
  readonly applications: Applications;
  readonly clients: ApplicationClients;
}

/** An application as it is shown once, to whoever registered it. */
export interface NewApplication {
  readonly application: Application;
  /** `undefined` for an application that keeps none. */
  readonly secret: string | undefined;
}

/**
 * Makes an application that can ask for tokens at once. Where it is interrupted a client is left in the pool whose secret nobody knows.
 * @param fieldNames what the caller calls the fields
 * @throws Failure: fields that do not go together, or that the pool refuses
 */
export async function registerApplication(
  { applications, clients }: RegistrationDependencies,
  wish: ApplicationWish,
  fieldNames: Readonly<Record<ApplicationField, string>>,
): Promise<NewApplication> {
  const faults = applicationFaults(wish);
  if (faults.length > 0) throw refused(faults, fieldNames);
  const id = await applications.nextId();
  const client = await clients.create(id, wish);
  if (client === 'full') throw new Failure({ code: 'conflict', detail: "Le nombre maximal d'applications est atteint : supprimez-en avant d'en enregistrer d'autres." });
  if (client === 'redirects-refused') {
    throw invalid({ [fieldNames.redirectUris]: ["Le service d'authentification refuse ces adresses : vérifiez qu'elles sont exactes et en https."] });
  }
  const application = { ...wish, id, clientId: client.clientId };
  await applications.save(application, client.secret === undefined ? undefined : secretDigest(client.secret));
  return { application, secret: client.secret };
}

/** Secrets are long and random: a plain hash cannot be turned back. */
export function secretDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function refused(faults: readonly ApplicationFault[], fieldNames: Readonly<Record<ApplicationField, string>>): Failure {
  const errors = new Map<string, readonly string[]>();
  for (const fault of faults) {
    const field = fieldNames[fault.field];
    errors.set(field, [...(errors.get(field) ?? []), french(fault)]);
  }
  return invalid(Object.fromEntries(errors));
}

function french(fault: ApplicationFault): string {
  switch (fault.fault) {
    case 'missing':
      return "Au moins une adresse de redirection est obligatoire pour ce type d'autorisation.";
    case 'not-absolute':
      return `« ${fault.uri} » n'est pas une adresse absolue en http ou https.`;
    case 'fragment':
      return `« ${fault.uri} » ne doit pas comporter de fragment (#).`;
    case 'insecure':
      return `« ${fault.uri} » doit être en https ; http n'est accepté que pour localhost.`;
    case 'needs-secret':
      return fault.field === 'grantType'
        ? "Une application publique n'a pas de secret : elle ne peut pas s'authentifier elle-même."
        : 'HS256 demande un secret : il ne convient ni à une application publique ni au type implicit.';
    default:
      return fault satisfies never;
  }
}

function invalid(errors: FieldErrors): Failure {
  return new Failure({ code: 'invalid-request', detail: "L'application ne peut pas être enregistrée ainsi.", errors });
}
