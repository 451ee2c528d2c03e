/**
 * Why a stored key is left behind, and what is wrong with a new envelope. All of it travels as English, between threads
 * and through the journal, and is recalled: parts of an envelope as values of these messages, too.
 */
import type { Catalogue } from '../language.ts';

export const ENVELOPES: Catalogue = {
  // identify.ts, content-check.ts, column-value.ts, text-form.ts, parse-envelope.ts
  'wrapped key does not have the length of the root': 'la clé enveloppée n’a pas la longueur de la racine',
  'text where bytes are declared': 'du texte là où des octets sont déclarés',
  'new value of {1} does not fit the column of {2}': 'la nouvelle valeur de {1} ne tient pas dans la colonne de {2}',
  'new value does not fill the column and no padding is declared':
    'la nouvelle valeur ne remplit pas la colonne et aucun remplissage n’est déclaré',
  'names the old root but does not open under it': 'nomme l’ancienne racine mais ne s’ouvre pas avec elle',
  'names the new root but does not open under it': 'nomme la nouvelle racine mais ne s’ouvre pas avec elle',
  'ambiguous: opens under both roots': 'ambiguë : s’ouvre avec les deux racines',
  'names both roots but opens under neither': 'nomme les deux racines mais ne s’ouvre avec aucune',
  'trailing bytes after the envelope': 'octets en trop après l’enveloppe',
  '{1} bytes where an RSA block has {2}': '{1} octets là où un bloc RSA en a {2}',
  'plaintext is too long for the new root': 'le contenu en clair est trop long pour la nouvelle racine',
  'not a hex digit': 'pas un chiffre hexadécimal',
  'odd number of hex digits': 'nombre impair de chiffres hexadécimaux',
  'no PEM header for CMS or PKCS7': 'pas d’en-tête PEM pour CMS ou PKCS7',
  'no PEM footer': 'pas de fin PEM',
  'not a base64 character': 'pas un caractère base64',
  'base64 length is not a multiple of four': 'la longueur base64 n’est pas un multiple de quatre',
  'empty line in base64': 'ligne vide dans le base64',
  'its recipient is neither the old nor the new root': 'son destinataire n’est ni l’ancienne ni la nouvelle racine',
  'not under the old root; the new one cannot be tried without its private key':
    'pas sous l’ancienne racine ; la nouvelle ne peut pas être essayée sans sa clé privée',
  "opens under neither root: another root's, or damaged":
    'ne s’ouvre avec aucune des deux racines : faite pour une autre racine, ou endommagée',
  'content padding is damaged': 'le remplissage du contenu est endommagé',
  'plaintext of {1} bytes where {2} are declared': 'contenu en clair de {1} octets là où {2} sont déclarés',
  'mixed upper and lower case hex': 'hexadécimal mêlant majuscules et minuscules',
  'uneven lines or stray bits in base64': 'lignes inégales ou bits superflus dans le base64',
  // der.ts, enveloped-data.ts, key-transport.ts
  'missing {1}': 'structure CMS : {1}, élément manquant',
  'damaged {1}': 'structure CMS : {1}, élément endommagé',
  'unexpected data in {1}': 'structure CMS : {1}, données inattendues',
  'unknown {1}': 'structure CMS : {1}, valeur inconnue',
  'unknown {1} {2}': 'structure CMS : {1}, algorithme inconnu {2}',
  truncated: 'tronquée',
  'not enveloped data but content type {1}': 'type de contenu {1} au lieu de données enveloppées (EnvelopedData)',
  'originator information present': 'présence d’informations sur l’émetteur',
  'more than one recipient': 'plus d’un destinataire',
  'unprotected attributes present': 'présence d’attributs non protégés',
  'version does not fit the recipient': 'la version ne correspond pas au destinataire',
  'not a key transport recipient': 'destinataire d’un autre genre que le transport de clé',
  'unknown content type {1}': 'type de contenu inconnu : {1}',
  'unknown content cipher {1}': 'algorithme de chiffrement du contenu inconnu : {1}',
  'IV length does not fit the content cipher':
    'la longueur du vecteur d’initialisation ne correspond pas à l’algorithme de chiffrement',
  'encrypted content is not a whole number of cipher blocks': 'le contenu chiffré n’est pas un nombre entier de blocs',
  'unknown key transport {1}': 'transport de clé inconnu : {1}',
  'unknown mask generation function {1}': 'fonction de génération de masque inconnue : {1}',
  'unknown OAEP label source {1}': 'origine de l’étiquette OAEP inconnue : {1}',
  // envelope-parts.ts
  'content info': 'ContentInfo',
  'content info type': 'type de ContentInfo',
  'enveloped data': 'EnvelopedData',
  'enveloped data version': 'version d’EnvelopedData',
  recipients: 'destinataires',
  recipient: 'destinataire',
  'recipient version': 'version du destinataire',
  'recipient identifier': 'identifiant du destinataire',
  'recipient issuer': 'émetteur du certificat du destinataire',
  'recipient serial number': 'numéro de série du destinataire',
  'key transport algorithm': 'algorithme de transport de clé',
  'key transport parameters': 'paramètres du transport de clé',
  'OAEP parameters': 'paramètres OAEP',
  'OAEP hash': 'fonction de hachage OAEP',
  'OAEP label': 'étiquette OAEP',
  'mask generation function': 'fonction de génération de masque',
  'MGF1 hash': 'fonction de hachage MGF1',
  'wrapped key': 'clé enveloppée',
  'encrypted content': 'contenu chiffré',
  'encrypted content type': 'type du contenu chiffré',
  'content cipher': 'algorithme de chiffrement du contenu',
  'content cipher IV': 'vecteur d’initialisation',
  // rewrap.ts
  'a new envelope is not the old one with another recipient; it was not written':
    'une nouvelle enveloppe n’est pas l’ancienne avec un autre destinataire ; elle n’a pas été écrite',
  'a new envelope does not decode; it was not written':
    'une nouvelle enveloppe ne se décode pas ; elle n’a pas été écrite',
  'a new envelope does not parse ({1}); it was not written':
    'la structure d’une nouvelle enveloppe est incorrecte ({1}) ; elle n’a pas été écrite',
  'a new envelope does not open under the new root; it was not written':
    'une nouvelle enveloppe ne s’ouvre pas avec la nouvelle racine ; elle n’a pas été écrite',
  'a new envelope opens to another key; it was not written':
    'une nouvelle enveloppe s’ouvre sur une autre clé ; elle n’a pas été écrite',
  'The certificate and the private key of the new root may not belong together. Nothing of this batch was changed.':
    'Le certificat et la clé privée de la nouvelle racine ne vont peut-être pas ensemble. Rien de ce lot n’a été modifié.',
  // compare.ts, identify.ts
  'old value: {1}': 'ancienne valeur : {1}',
  'new value: {1}': 'nouvelle valeur : {1}',
  'old and new value open to different keys': 'l’ancienne et la nouvelle valeur donnent des clés différentes',
  'old and new value differ in more than the recipient':
    'l’ancienne et la nouvelle valeur ne diffèrent pas que par le destinataire',
  'it holds no key': 'elle ne contient aucune clé',
  'it is not for the old root': 'elle n’est pas faite pour l’ancienne racine',
  'it is not for the new root': 'elle n’est pas faite pour la nouvelle racine',
  'it does not open under the old root': 'elle ne s’ouvre pas avec l’ancienne racine',
  'it does not open under the new root': 'elle ne s’ouvre pas avec la nouvelle racine',
  'names both roots, and without private keys nobody can tell which it is for':
    'nomme les deux racines, et sans clés privées personne ne peut dire pour laquelle elle est faite',
};
