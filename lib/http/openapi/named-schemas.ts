import type * as z from 'zod';
import { applicationAnswer, registeredAnswer } from '../schemas/application.ts';
import { signInAnswer, tokenAnswer } from '../schemas/authentication.ts';
import { anomaly, correspondent, detailsAnswer, notCorrespondent, treatment } from '../schemas/details.ts';
import { exportAnswer } from '../schemas/export.ts';
import { journalEntry } from '../schemas/journal.ts';
import { manualWorkBody } from '../schemas/manual-work.ts';
import { choicesAnswer, choicesBody, deliveryAnswer } from '../schemas/notice.ts';
import { balanceAnswer, openItem } from '../schemas/open-items.ts';
import { operatorAnswer } from '../schemas/operator.ts';
import { operatorPatch, operatorProfile, operatorProfileAnswer } from '../schemas/operator-profile.ts';
import { problemAnswer } from '../schemas/problem.ts';
import { changedProfile, newProfile, profileAnswer, profileChange, userAnswer, userDetails } from '../schemas/profile.ts';
import { roleAnswer } from '../schemas/role.ts';
import { statementFormat } from '../schemas/statement-format.ts';
import { statementSubmission } from '../schemas/submission.ts';
import { listedTache, passage, singleTache } from '../schemas/tache.ts';
import { uploadAnswer, uploadBody } from '../schemas/upload.ts';
import { firstVisa, firstVisaAnswer, validationFigures } from '../schemas/validation.ts';
import { grantAnswer } from '../token-answer.ts';

/** The schemas that the document gives a name, and the page a table of its own; the others stand where they are used. */
export const NAMED_ANSWERS: Readonly<Record<string, z.ZodType>> = {
  Tache: singleTache,
  TacheListee: listedTache,
  TacheDetaillee: detailsAnswer,
  Passage: passage,
  Correspondant: correspondent,
  SansCorrespondant: notCorrespondent,
  Traitement: treatment,
  Anomalie: anomaly,
  ChiffresApresValidation: validationFigures,
  PremierVisa: firstVisa,
  PremierVisaEnregistre: firstVisaAnswer,
  Ecart: openItem,
  SoldeDesEcarts: balanceAnswer.element,
  Export: exportAnswer,
  EcritureDuJournal: journalEntry,
  Televersement: uploadAnswer,
  Operateur: operatorAnswer,
  ProfilOperateur: operatorProfileAnswer,
  FormatDeReleve: statementFormat,
  Profil: profileAnswer,
  ProfilEtPersonne: changedProfile,
  Personne: userDetails,
  Utilisateur: userAnswer,
  Role: roleAnswer,
  Jetons: tokenAnswer,
  Connexion: signInAnswer,
  JetonApplication: grantAnswer,
  Application: applicationAnswer,
  ApplicationEnregistree: registeredAnswer,
  ChoixAvis: choicesAnswer,
  Avis: deliveryAnswer,
  Probleme: problemAnswer,
};

export const NAMED_REQUESTS: Readonly<Record<string, z.ZodType>> = {
  Releve: statementSubmission,
  DemandeDeTeleversement: uploadBody,
  TravailManuel: manualWorkBody,
  DescriptionOperateur: operatorProfile,
  ModificationOperateur: operatorPatch,
  ModificationProfil: profileChange,
  NouveauProfil: newProfile,
  DemandeAvis: choicesBody,
  FormatDeReleve: statementFormat,
};
