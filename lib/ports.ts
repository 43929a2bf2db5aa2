import type { Application, ApplicationWish } from './core/application.ts';
import type { DetailKind, Details } from './core/detail.ts';
import type { ExportFormat } from './core/export-format.ts';
import type { JournalEntry } from './core/journal.ts';
import type { LedgerTransaction, WindowTransaction } from './core/ledger.ts';
import type { Attempt, Delivery, DeliveryKey, Notice, NoticeChoices } from './core/notice.ts';
import type { OpenPage, PlacedOverlay } from './core/open-item.ts';
import type { Operator } from './core/operator.ts';
import type { Period, ShownPeriod } from './core/period.ts';
import type { Role } from './core/role.ts';
import type { ArrivedObject, StatementObject, Tache, TacheOutcome, TacheProgress } from './core/tache.ts';
import type { AccessClaims, MachineToken, Scope, Tokens } from './core/tokens.ts';
import type { Upload } from './core/upload.ts';
import type { Group, Membership, Profile, User, UserChanges } from './core/user.ts';
import type { Validation } from './core/validation.ts';

/** The present instant, as ISO 8601 UTC with six decimals. */
export type Clock = () => string;

export interface Operators {
  /** Ordered by name, closed ones too. */
  list(): Promise<readonly Operator[]>;
  byCode(code: string): Promise<Operator | undefined>;
  byId(id: number): Promise<Operator | undefined>;
}

/** The operators, as administrators change them. */
export interface OperatorStore extends Operators {
  nextId(): Promise<number>;
  create(operator: Operator): Promise<'code-taken' | 'id-taken' | undefined>;
  /** False where the operator is there no more. */
  replace(operator: Operator): Promise<boolean>;
  remove(operator: Operator): Promise<void>;
}

/** Which taches a list holds: every filter that is given must fit. */
export interface TacheFilter {
  readonly operatorCode?: string | undefined;
  readonly operatorId?: number | undefined;
  readonly state?: Tache['state'] | undefined;
  /** Part of the file name, without case. */
  readonly fileNamePart?: string | undefined;
  /** ISO instants: the tache's period begins at or after the first and ends at or before the second. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface TachePage {
  /** Newest first. May be fewer than asked for, even none, where much had to be looked through: `next` goes on. */
  readonly taches: readonly Tache[];
  /** The id after which the next page begins; absent on the last page. */
  readonly next?: number | undefined;
}

/** Whether the work of a user, or what they say of themselves, may be seen. */
export type MayRead = (username: string) => Promise<boolean>;

export interface Taches {
  nextId(): Promise<number>;
  /** False where a tache of that id is there already. */
  create(tache: Tache): Promise<boolean>;
  get(id: number): Promise<Tache | undefined>;
  /** @param mayRead leaves out the taches whose owner it says no to */
  list(filter: TacheFilter, limit: number, after: number | undefined, mayRead?: MayRead): Promise<TachePage>;
  /** CREATION, ENCOURS or an ECHEC that may be resumed → ENCOURS; `undefined` where the tache has gone beyond, or is not there. */
  begin(id: number, at: string): Promise<Tache | undefined>;
  reportProgress(id: number, progress: TacheProgress, at: string): Promise<void>;
  /** Reserves `count` detail ids once for the tache and gives the first: the same one at every call. */
  reserveDetailIds(id: number, count: number): Promise<number>;
  /** ENCOURS → ATTENTE; false where another run was first. @param description French; what the owner should know of the result */
  complete(id: number, outcome: TacheOutcome, period: ShownPeriod | undefined, at: string, description?: string): Promise<boolean>;
  /** CREATION or ENCOURS → ECHEC; false where the tache has gone beyond. */
  fail(id: number, description: string, at: string, resumable?: boolean): Promise<boolean>;
  /** ATTENTE → VALIDEE; the tache as it is where this very validation has begun before; `undefined` where another one was first. */
  beginValidation(id: number, validation: Validation, at: string): Promise<Tache | undefined>;
  /** VALIDEE → TERMINEE; `undefined` where another run was first. */
  finishValidation(id: number, validation: Validation, at: string): Promise<Tache | undefined>;
}

export interface DetailsStore {
  /**
   * Writes the lists of a tache. Writing them again changes nothing; other lists of the same tache lie beside them.
   * @returns the edition by which they are read
   */
  write(tacheId: number, details: Details): Promise<string>;
  /** Rows `from` to `to` (excluded) of a list. */
  read<Kind extends DetailKind>(tacheId: number, edition: string, kind: Kind, from: number, to: number): Promise<DetailsOf<Kind>>;
}

/** What happened to each tache: entries are added, never changed. */
export interface Journal {
  /** Oldest first, all of them. @param after number of the entry behind which to begin @param limit how many at most */
  entries(tacheId: number, after?: number, limit?: number): Promise<readonly JournalEntry[]>;
  /** Adds an entry at its number; false where there is one already. */
  add(entry: JournalEntry): Promise<boolean>;
}

export type DetailsOf<Kind extends DetailKind> = Kind extends 'correspondent'
  ? Details['correspondents']
  : Kind extends 'unexplained'
    ? Details['unexplained']
    : Details['anomalies'];

/** Something of an operator that only one tache may have: the content of a statement, or its name. */
export interface Claim {
  readonly kind: 'content' | 'name';
  readonly operatorCode: string;
  /** SHA-256 of the content in hex, or the file name. */
  readonly value: string;
}

export interface ClaimHolder {
  readonly tacheId: number;
  readonly owner: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Claims {
  holder(claim: Claim): Promise<ClaimHolder | undefined>;
  /** Takes a claim that is free, or held by `instead`; false where somebody else was first. */
  take(claim: Claim, holder: ClaimHolder, instead: ClaimHolder | undefined): Promise<boolean>;
  /** The tache id of an object that arrived in the drop folder: the first proposal is kept for ever. */
  arrival(object: StatementObject, propose: () => Promise<number>): Promise<number>;
}

export interface ImportCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface Ledger {
  /** Inserts or updates by transaction id. A row that a validation has settled is never taken back. */
  importTransactions(transactions: readonly LedgerTransaction[]): Promise<ImportCounts>;
  /** The transactions of a payment method created in a period, page by page as they come: in no order. */
  window(paymentMethod: string, period: Period): AsyncIterable<readonly WindowTransaction[]>;
}

export interface LedgerLookup {
  /** A transaction by its id, as it stands now: settled ones are successes. */
  find(transId: string): Promise<LedgerTransaction | undefined>;
}

/** What names a transaction of the ledger. */
export type SettledTransaction = Pick<LedgerTransaction, 'transId'>;

/** What a validation writes on a row of the ledger. */
export interface Settlement {
  readonly tacheId: number;
  readonly payid: string;
  /** ISO 8601 UTC. */
  readonly paymentDate: string;
}

export interface Settlements {
  /**
   * Makes a transaction a success, while it is none; asking again for the same tache changes nothing.
   * @returns `conflict` where it became a success by another way, or is gone
   */
  settle(transaction: SettledTransaction, settlement: Settlement): Promise<'applied' | 'conflict'>;
}

/** A file fetched to local disk. `remove` frees the disk. */
export interface SpooledFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  remove(): Promise<void>;
}

export interface Objects {
  put(key: string, body: Uint8Array | string, contentType: string): Promise<StatementObject>;
  /** Puts an object unless one of that key is there; false where it is. */
  putOnce(key: string, body: string, contentType: string): Promise<boolean>;
  /** Streams a gzip'ed object of text lines. */
  putLines(key: string, lines: Iterable<string>): Promise<void>;
  /** `undefined` where the object is gone. */
  spool(object: StatementObject): Promise<SpooledFile | undefined>;
}

/** Exports as they lie ready to be fetched. */
export interface ExportStore {
  exists(key: string): Promise<boolean>;
  /** Keeps what is made piece by piece; nothing is there before the last piece. */
  put(key: string, pieces: AsyncIterable<Uint8Array>, contentType: string): Promise<void>;
  /** An address that is good for so many seconds for whoever has it; a browser saves what it finds there under the name. */
  link(key: string, fileName: string, seconds: number): Promise<string>;
}

/** An export to be made. */
export interface ExportOrder {
  readonly tacheId: number;
  readonly format: ExportFormat;
}

export interface ExportQueue {
  send(order: ExportOrder): Promise<void>;
}

/** Who is making which export, so that those who ask again do not have it made again. */
export interface ExportOrders {
  /** Whether an export was ordered at or after a moment, ISO 8601. */
  wasGiven(key: string, since: string): Promise<boolean>;
  note(key: string, at: string): Promise<void>;
}

/** A form by which one object can be brought to the bucket from anywhere. */
export interface UploadForm {
  readonly url: string;
  /** To be sent before the file. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface UploadForms {
  form(key: string, contentType: string): Promise<UploadForm>;
}

export interface Uploads {
  /** Keeps what an upload will be; its id is part of the object's key. */
  announce(upload: Upload, now: string): Promise<string>;
  find(id: string): Promise<Upload | undefined>;
}

/** What names a page of open items. */
export type PageKey = Pick<OpenPage, 'operatorCode' | 'day' | 'tacheId' | 'edition' | 'kind' | 'page'>;

/** What reconciliations have left open, page by page. The items themselves are the details of their taches. */
export interface OpenItems {
  /** By day, then tache. @param tacheId only those of one tache */
  pages(operatorCode: string, tacheId?: number): Promise<readonly OpenPage[]>;
  /** Opens a page; one that is open already is left as it is. */
  open(page: OpenPage): Promise<void>;
  /** What was found since of the items of a page of details, of every day that lies in it. */
  overlays(page: PageKey): Promise<readonly PlacedOverlay[]>;
  /** Before overlays of a page are written: until they are counted its sums are not trusted. */
  beginChange(page: PageKey): Promise<void>;
  /** False where the item is resolved already, or was not reopened because it was not resolved by hand. */
  write(page: PageKey, item: PlacedOverlay): Promise<boolean>;
  /** Counts what is resolved of a page. */
  count(page: PageKey): Promise<void>;
  /** Keeps that what came later was tried on a page. */
  noteTry(page: PageKey, at: string): Promise<void>;
}

/** What the open items of an operator are to be tried against. `at` (ISO 8601) tells one asking from a later one. */
export type DueRetry =
  | { readonly kind: 'statement'; readonly tacheId: number; readonly at: string }
  /** UTC day of transactions that were imported. */
  | { readonly kind: 'ledger'; readonly day: string; readonly at: string };

export interface Retries {
  ask(operatorCode: string, retry: DueRetry): Promise<void>;
  /** Statements first, oldest first; then days. */
  due(operatorCode: string, limit: number): Promise<readonly DueRetry[]>;
  /** Forgets it, unless it was asked for again since. */
  done(operatorCode: string, retry: DueRetry): Promise<void>;
  /** Makes one worker the only one on an operator until an instant; false where another is. */
  lease(operatorCode: string, holder: string, now: string, until: string): Promise<boolean>;
  release(operatorCode: string, holder: string): Promise<void>;
}

export interface RetryQueue {
  /** Has the open items of an operator tried again, some seconds later: what is asked for at the same time is done at once. */
  send(operatorCode: string): Promise<void>;
}

export interface MatchingQueue {
  send(tacheId: number): Promise<void>;
}

export interface ValidationQueue {
  /** Delivered once the call that sends it must have ended. */
  sendLater(tacheId: number): Promise<void>;
}

/** The queue in which S3 tells of what arrived in the drop folder. */
export interface Arrivals {
  /** Tells of an object once more. */
  announce(object: ArrivedObject): Promise<void>;
}

/** A version of an object of the drop folder. */
export interface DroppedVersion extends ArrivedObject {
  /** Milliseconds since 1970, of whole seconds. */
  readonly arrivedAt: number;
}

/** What lies in the drop folder. */
export interface DropFolder {
  /** Every version of every object, in pages. */
  versions(): AsyncIterable<readonly DroppedVersion[]>;
}

/** The objects of the drop folder of which somebody has told. */
export interface HeardObjects {
  note(object: StatementObject, at: string): Promise<void>;
  /** Those of which nobody has told. */
  missing<Named extends StatementObject>(objects: readonly Named[]): Promise<readonly Named[]>;
}

export interface Waiting {
  /** Messages that nobody has taken yet, about. */
  waiting(): Promise<number>;
}

/** How often the work on a tache was taken up again by itself. */
export interface Resumptions {
  /** Counts one more, and says that something happened to the tache; `undefined` where something has happened to it since it was read. */
  count(tache: Tache, at: string): Promise<number | undefined>;
}

export interface LedgerQueue {
  send(object: StatementObject): Promise<void>;
}

/** Why a registration was not taken. */
export type RegistrationRefusal = 'username-taken' | 'username-invalid' | 'password-weak';

/** Whoever was invited comes with a password that is good once: they choose their own with it. */
export type FirstSignIn = 'new-password-needed' | 'new-password-weak';

/** The user pool: who people are, and their tokens. */
export interface Identity {
  /** Makes a user who can sign in at once. */
  register(username: string, password: string): Promise<RegistrationRefusal | undefined>;
  /** Signs in whoever registered under a name with this very password, though their registration may have broken off; `undefined` where the two do not fit. */
  goOnRegistering(username: string, password: string): Promise<Tokens | undefined>;
  addToGroup(username: string, group: string): Promise<void>;
  /** `undefined` where user and password do not fit: which of the two is wrong is not told. @param newPassword takes the place of the first password of an invitation */
  signIn(username: string, password: string, newPassword?: string): Promise<Tokens | FirstSignIn | undefined>;
  /** `undefined` where the refresh token is no longer good. */
  refresh(refreshToken: string): Promise<Tokens | undefined>;
  /** Ends a refresh token at the pool. Not knowing it is no error. */
  revokeRefreshToken(refreshToken: string): Promise<void>;
  /** Claims of an access token of the pool that is signed, meant for access and not expired; revocation is not looked at here. */
  verify(accessToken: string): Promise<AccessClaims | undefined>;
}

/** The registered client applications. They never change once they are there. */
export interface Applications {
  nextId(): Promise<number>;
  /** @param secretDigest SHA-256 of the secret in hex; absent for an application without one. The secret itself is kept nowhere but in the pool */
  save(application: Application, secretDigest: string | undefined): Promise<void>;
  /** Ordered by id. */
  list(limit: number, after: number | undefined): Promise<{ readonly applications: readonly Application[]; readonly next?: number | undefined }>;
  byClientId(clientId: string): Promise<RegisteredApplication | undefined>;
}

export interface RegisteredApplication {
  readonly application: Application;
  readonly secretDigest: string | undefined;
}

/** Makes the clients of the pool that applications are. */
export interface ApplicationClients {
  /**
   * @returns the secret only where the application is confidential, and never again; `redirects-refused` where the pool does not take its addresses,
   * `full` where the pool takes no more clients
   */
  create(id: number, wish: ApplicationWish): Promise<{ readonly clientId: string; readonly secret: string | undefined } | 'redirects-refused' | 'full'>;
}

/** What an application shows to prove which one it is. */
export interface ClientCredentials {
  readonly clientId: string;
  /** `undefined` for an application without one. */
  readonly secret: string | undefined;
}

/** The tokens that the pool gives to registered applications. */
export interface ApplicationTokens {
  /** `undefined` where user and password do not fit. */
  signIn(client: ClientCredentials, username: string, password: string): Promise<Tokens | undefined>;
  /** `undefined` where the refresh token is no longer good, or was never this application's. */
  refresh(client: ClientCredentials, refreshToken: string): Promise<Tokens | undefined>;
  /** A token for the application itself. */
  signInItself(client: ClientCredentials, scopes: readonly Scope[]): Promise<MachineToken>;
}

/** Which sign-in the refresh tokens of applications came of: the tokens do not tell, and only their application could ask the pool. */
export interface RefreshTokens {
  /** @param expiresAt seconds since 1970 */
  remember(refreshToken: string, signIn: string, expiresAt: number): Promise<void>;
  signInOf(refreshToken: string): Promise<{ readonly signIn: string; readonly expiresAt: number } | undefined>;
}

/** Sign-ins whose tokens are refused although they are signed and not expired. */
export interface Revocations {
  /** @param until seconds since 1970 at which every token of the sign-in has expired */
  revoke(signIn: string, until: number): Promise<void>;
  isRevoked(signIn: string): Promise<boolean>;
}

export interface Users {
  /** The user of a name, made with an empty profile where the pool knows more than we do. */
  obtain(username: string): Promise<User>;
  /** `undefined` where the name has no profile yet. */
  find(username: string): Promise<User | undefined>;
  change(username: string, changes: UserChanges): Promise<User>;
  profile(id: number): Promise<Profile | undefined>;
  /** Ordered by id. @param mayRead leaves out the profiles whose user it says no to */
  profiles(limit: number, after: number | undefined, mayRead?: MayRead): Promise<{ readonly profiles: readonly Profile[]; readonly next?: number | undefined }>;
}

/** The accounts of the user pool, as administrators change them. */
export interface Accounts {
  /** The name as the pool spells it; `undefined` where it has no such account. */
  find(username: string): Promise<string | undefined>;
  /** Makes an account whose first password the pool sends to the address: nobody else learns it. */
  invite(username: string, email: string): Promise<{ readonly username: string } | 'username-invalid'>;
  /** Puts an account in one of our groups and takes it out of the others. */
  putInGroup(username: string, group: Group): Promise<void>;
}

/** The roles that administrators added: the built-in ones are known without. */
export interface Roles {
  list(): Promise<readonly Role[]>;
  nextId(): Promise<number>;
  save(role: Role): Promise<void>;
  /** Removing what is not there is no error. */
  remove(id: number): Promise<void>;
}

export interface Memberships {
  /** `undefined` for a name that never held a token and was given no role. */
  of(username: string): Promise<Membership | undefined>;
  /** Keeps the groups that a user's token shows. */
  remember(username: string, groups: readonly string[]): Promise<void>;
  /** Keeps that an administrator put a user in this group and no other: tokens that were issued before say something else. */
  place(username: string, group: string, at: string): Promise<void>;
  /** Gives a user a role; `undefined` takes it back. */
  assign(username: string, roleId: number | undefined): Promise<void>;
  isAssigned(roleId: number): Promise<boolean>;
}

/** What people chose to be told of. */
export interface NoticeChoicesStore {
  of(username: string): Promise<NoticeChoices | undefined>;
  save(choices: NoticeChoices): Promise<void>;
  all(): Promise<readonly NoticeChoices[]>;
}

/** What happened and is to be told, and single notices on their way. */
export interface NoticeQueue {
  send(notice: Notice): Promise<void>;
  deliver(delivery: DeliveryKey, afterSeconds: number): Promise<void>;
}

/** The notices on their way, each of which is sent once, whoever tries and how often. */
export interface Deliveries {
  /** Keeps a notice to be sent; the one of its key that is there already is given back instead. */
  announce(delivery: Delivery): Promise<Delivery>;
  ofTache(tacheId: number): Promise<readonly Delivery[]>;
  /** Takes a notice to send it. @param until nobody else takes it before; ISO 8601 like `at` @returns `held` where somebody else has it, `done` where there is nothing to send */
  take(key: DeliveryKey, at: string, until: string): Promise<Delivery | 'held' | 'done'>;
  /** Keeps what came of it, and lets go of it; where it is no more as it was, by another's work or by this same request that arrives late, nothing is changed. */
  settle(before: Delivery, after: Delivery): Promise<void>;
}

export interface MailSender {
  /** @throws whatever the service throws: the same may work later */
  send(to: string, mail: { readonly subject: string; readonly text: string; readonly html: string }): Promise<Attempt>;
}

export interface SmsSender {
  /** @param number E.164 @throws as MailSender does */
  send(number: string, text: string): Promise<Attempt>;
}

export interface WebhookSender {
  /** Never throws: what is wrong there is not ours. @param message `at` ISO 8601: dates the signature */
  send(message: { readonly url: string; readonly secret: string; readonly deliveryId: string; readonly body: string; readonly at: string }): Promise<Attempt>;
}
