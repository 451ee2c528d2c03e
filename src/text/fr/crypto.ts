/** What is wrong with a root file, or with two roots for one another. */
import type { Catalogue } from '../language.ts';

export const CRYPTO: Catalogue = {
  // format-fit.ts, key-workers.ts, rewrap.ts
  'old root {1} holds no private key: it cannot open stored keys':
    'l’ancienne racine {1} ne contient pas de clé privée : elle ne peut pas ouvrir les clés stockées',
  'a target with envelope rsa-pkcs1 needs plaintextBytes': 'une cible à enveloppe rsa-pkcs1 a besoin de plaintextBytes',
  'Without the exact length of the stored keys, a wrong root cannot be told from the right one.':
    'Sans la longueur exacte des clés stockées, une mauvaise racine ne se distingue pas de la bonne.',
  'new root {1} is a certificate alone: not enough for rsa-pkcs1':
    'la nouvelle racine {1} est un certificat seul : insuffisant pour rsa-pkcs1',
  'Give the new root with its private key: an rsa-pkcs1 block must be tried under both roots.':
    'Donner la nouvelle racine avec sa clé privée : un bloc rsa-pkcs1 doit être essayé avec les deux racines.',
  'the key workers were stopped': 'les threads de travail ont été arrêtés',
  // certificate.ts
  'its {1} block is damaged: not a certificate': 'son bloc {1} est endommagé : ce n’est pas un certificat',
  'its certificate is for a key of type {1}, not RSA': 'son certificat est celui d’une clé de type {1}, non RSA',
  'A root authority of the key database has an RSA key.': 'Une autorité racine de la base de clés a une clé RSA.',
  'its certificate has extensions that cannot be read': 'son certificat a des extensions illisibles',
  // pem.ts, private-key.ts
  'a damaged BEGIN line': 'une ligne BEGIN endommagée',
  'a {1} block without its END line (cut off?)': 'un bloc {1} sans sa ligne END (coupé ?)',
  'a {1} block whose base64 is damaged': 'un bloc {1} dont le base64 est endommagé',
  'its private key is encrypted and no passphrase was given':
    'sa clé privée est chiffrée et aucune phrase secrète n’a été donnée',
  'It is asked for on a terminal; else set SRKEY_OLD_PASSPHRASE or SRKEY_NEW_PASSPHRASE, or give a passphrase file.':
    'Elle est demandée sur un terminal ; sinon définir SRKEY_OLD_PASSPHRASE ou SRKEY_NEW_PASSPHRASE, ou donner un fichier de phrase secrète.',
  'its private key is of type {1}, not RSA': 'sa clé privée est de type {1}, non RSA',
  'its {1} block is damaged: not a private key': 'son bloc {1} est endommagé : ce n’est pas une clé privée',
  'the passphrase does not open its private key': 'la phrase secrète n’ouvre pas sa clé privée',
  'Wrong passphrase, or a damaged key.': 'Mauvaise phrase secrète, ou clé endommagée.',
  'its private key is encrypted with {1}, which this OpenSSL no longer reads':
    'sa clé privée est chiffrée avec {1}, que cet OpenSSL ne lit plus',
  'an unknown scheme': 'une méthode inconnue',
  'PBES2 and an old cipher': 'PBES2 et un ancien algorithme',
  'scheme {1}': 'la méthode {1}',
  'Convert it with the openssl command line, version 3:': 'La convertir avec la commande openssl, version 3 :',
  'Then give converted.pem, and delete it afterwards.': 'Donner ensuite converted.pem, et l’effacer après.',
  // root-file*.ts
  'cannot read root file {1}: {2}': 'lecture du fichier racine {1} impossible : {2}',
  'the file is empty': 'le fichier est vide',
  'the file has {1} bytes, a root file a few thousand': 'le fichier a {1} octets, un fichier racine quelques milliers',
  'Give the PEM file itself.': 'Donner le fichier PEM lui-même.',
  'it is a DER certificate, not PEM': 'c’est un certificat DER, non PEM',
  'Convert it: openssl x509 -inform der -in "{1}" -out "{2}.pem"':
    'Le convertir : openssl x509 -inform der -in "{1}" -out "{2}.pem"',
  'it is a PKCS#12 file, not PEM': 'c’est un fichier PKCS#12, non PEM',
  'Convert it: openssl pkcs12 -in "{1}" -out "{2}.pem"\nIf that fails on an old file, add: -legacy':
    'Le convertir : openssl pkcs12 -in "{1}" -out "{2}.pem"\nSi cela échoue sur un fichier ancien, ajouter : -legacy',
  'it is a DER private key, not PEM, and holds no certificate': 'c’est une clé privée DER, non PEM, et sans certificat',
  'Convert it: openssl pkey -inform der -in "{1}" -out "{2}.pem"\nThen append the root certificate in PEM.':
    'La convertir : openssl pkey -inform der -in "{1}" -out "{2}.pem"\nPuis ajouter le certificat racine en PEM.',
  'it is a binary file, not PEM': 'c’est un fichier binaire, non PEM',
  'it is a text file without a PEM block': 'c’est un fichier texte sans bloc PEM',
  'A root file is text with the lines -----BEGIN CERTIFICATE----- and, mostly, -----BEGIN … PRIVATE KEY-----.':
    'Un fichier racine est du texte avec les lignes -----BEGIN CERTIFICATE----- et, le plus souvent, -----BEGIN … PRIVATE KEY-----.',
  'it holds {1}': 'il contient {1}',
  'Take an undamaged copy, from another server or a backup.':
    'Prendre une copie intacte, d’un autre serveur ou d’une sauvegarde.',
  'it holds more than one private key': 'il contient plus d’une clé privée',
  'Keep the private key of the root authority only, in a copy of the file.':
    'Ne garder que la clé privée de l’autorité racine, dans une copie du fichier.',
  'it holds no certificate, only: {1}': 'il ne contient aucun certificat, seulement : {1}',
  'A root file holds the root certificate together with its private key.':
    'Un fichier racine contient le certificat racine avec sa clé privée.',
  'its private key does not belong to its certificate': 'sa clé privée ne va pas avec son certificat',
  'its private key belongs to none of its {1} certificates': 'sa clé privée ne va avec aucun de ses {1} certificats',
  'Key and certificate of different roots were put into one file: take the file from the server again.':
    'La clé et le certificat de racines différentes ont été mis dans un même fichier : reprendre le fichier sur le serveur.',
  // roots-fit.ts
  'old root {1} and new root {2} have the same key': 'l’ancienne racine {1} et la nouvelle racine {2} ont la même clé',
  'Give the root before the renewal as old value (old_root.pem) and the renewed one as new value (root.pem).':
    'Donner la racine d’avant le renouvellement comme ancienne valeur (old_root.pem) et la renouvelée comme nouvelle valeur (root.pem).',
  "Take old_root.pem from a server's main folder, not a certificate alone.":
    'Prendre old_root.pem dans le dossier principal d’un serveur, non un certificat seul.',
  'old root {1} is not a certificate authority: {2}':
    'l’ancienne racine {1} n’est pas une autorité de certification : {2}',
  'new root {1} is not a certificate authority: {2}':
    'la nouvelle racine {1} n’est pas une autorité de certification : {2}',
  'Give the root authority itself, not a certificate of a server, console or agent.':
    'Donner l’autorité racine elle-même, non un certificat de serveur, de console ou d’agent.',
  'new root {1} has a key of {2} bits, less than {3}':
    'la nouvelle racine {1} a une clé de {2}\u00a0bits, moins de {3}',
  'new root {1} is not valid before {2}': 'la nouvelle racine {1} n’est pas valide avant le {2}',
  'new root {1} expired on {2}': 'la nouvelle racine {1} a expiré le {2}',
  "Check this computer's clock too.": 'Vérifier aussi l’horloge de cet ordinateur.',
};
