import type { Catalogue } from '../language.ts';

/** Of src/db: why no session could be opened. */
export const CONNECTION: Catalogue = {
  // login-failures.ts
  '{1}, database {2}: {3}': '{1}, base de données {2} : {3}',
  '{1}, database {2}: {3}: {4}': '{1}, base de données {2} : {3} : {4}',
  'the server refused the login': 'le serveur a refusé l’identification',
  'the server writes the exact reason to its own error log':
    'le serveur écrit la raison exacte dans son propre journal d’erreurs',
  'there is no host named {1}': 'aucun hôte ne se nomme {1}',
  'check --server; give the full name, such as SQL01.example.org, or the address':
    'vérifier --server ; donner le nom complet, comme SQL01.example.org, ou l’adresse',
  'the name {1} could not be resolved, because the name service does not answer':
    'le nom {1} n’a pas pu être résolu, car le service de noms ne répond pas',
  'check the network of this workstation, or give the address instead of the name':
    'vérifier le réseau de ce poste, ou donner l’adresse au lieu du nom',
  'the host answers, but nothing listens on that port': 'l’hôte répond, mais rien n’écoute sur ce port',
  'the instance has just stopped, or a firewall refuses its port':
    'l’instance vient de s’arrêter, ou un pare-feu refuse son port',
  'check the port in --server HOST,PORT, and that SQL Server runs with TCP/IP enabled':
    'vérifier le port de --server HÔTE,PORT, et que SQL Server fonctionne avec TCP/IP activé',
  'a named instance (--server HOST\\INSTANCE) or another port (--server HOST,PORT) may be meant; see that SQL Server runs with TCP/IP enabled':
    'il s’agit peut-être d’une instance nommée (--server HÔTE\\INSTANCE) ou d’un autre port (--server HÔTE,PORT) ; vérifier que SQL Server fonctionne avec TCP/IP activé',
  'the network has no way to the host': 'le réseau n’a pas de chemin vers l’hôte',
  'check --server, the cable or VPN of this workstation, and the routes to the server':
    'vérifier --server, le câble ou le VPN de ce poste, et les routes vers le serveur',
  'this workstation does not let the connection out': 'ce poste ne laisse pas sortir la connexion',
  'let its firewall or security software allow connections of Node.js to the server':
    'autoriser, dans son pare-feu ou son logiciel de sécurité, les connexions de Node.js vers le serveur',
  'nobody answered: the host is down, or a firewall drops the connection':
    'personne n’a répondu : l’hôte est arrêté, ou un pare-feu bloque la connexion',
  'check --server and that the host is up; open the port for this workstation in the firewalls between':
    'vérifier --server et que l’hôte est en marche ; ouvrir le port pour ce poste dans les pare-feu intermédiaires',
  'what listens on that port is not a SQL Server; it says {1}':
    'ce qui écoute sur ce port n’est pas un SQL Server ; il dit {1}',
  'check the port in --server HOST,PORT': 'vérifier le port de --server HÔTE,PORT',
  'the server offers no encryption, and the password is not sent in the clear':
    'le serveur n’offre pas de chiffrement, et le mot de passe n’est pas envoyé en clair',
  'SQL Server always offers it: something may be between this computer and the server, or it is no SQL Server':
    'SQL Server l’offre toujours : quelque chose s’interpose peut-être entre cet ordinateur et le serveur, ou ce n’est pas un SQL Server',
  'the server accepted the connection and then did not answer the login in time':
    'le serveur a accepté la connexion, puis n’a pas répondu à temps à l’identification',
  'somebody accepted the connection and then did not answer as a SQL Server does':
    'la connexion a été acceptée, puis rien n’a répondu comme le fait un SQL Server',
  'check the port in --server HOST,PORT; if it is right, the server is overloaded or hangs':
    'vérifier le port de --server HÔTE,PORT ; s’il est juste, le serveur est surchargé ou bloqué',
  'the server hung up during the login': 'le serveur a raccroché pendant l’identification',
  'it is shutting down, or its error log tells the reason': 'il s’arrête, ou son journal d’erreurs en donne la raison',
  'the connection was accepted and cut before anybody answered, also with TLS first (strict encryption)':
    'la connexion a été acceptée puis coupée avant toute réponse, aussi avec TLS d’abord (chiffrement strict)',
  'check the port in --server HOST,PORT; a server that is starting, full, or behind a firewall does this, too; its error log tells more':
    'vérifier le port de --server HÔTE,PORT ; un serveur qui démarre, saturé ou derrière un pare-feu fait de même ; son journal d’erreurs en dit plus',
  'the server demands strict encryption (TDS 8.0), and {1}': 'le serveur exige le chiffrement strict (TDS 8.0), et {1}',
  '--trust-server-certificate does not count under strict encryption':
    '--trust-server-certificate ne compte pas sous chiffrement strict',
  'start the service SQL Server Browser and open UDP 1434 in the firewalls, or give the port: --server HOST,PORT':
    'démarrer le service SQL Server Browser et ouvrir UDP 1434 dans les pare-feu, ou donner le port : --server HÔTE,PORT',
  'SQL Server Browser on {1} knows no instance {2}': 'SQL Server Browser sur {1} ne connaît pas d’instance {2}',
  'SQL Server Browser on {1} knows no instance {2}, only {3}':
    'SQL Server Browser sur {1} ne connaît pas d’instance {2}, seulement {3}',
  'check --server HOST\\INSTANCE; a stopped or hidden instance is not listed: give its port, --server HOST,PORT':
    'vérifier --server HÔTE\\INSTANCE ; une instance arrêtée ou masquée n’est pas listée : donner son port, --server HÔTE,PORT',
  'the instance {1} does not listen on TCP/IP': 'l’instance {1} n’écoute pas sur TCP/IP',
  'enable TCP/IP for it in SQL Server Configuration Manager, and restart it':
    'activer TCP/IP pour elle dans le Gestionnaire de configuration SQL Server, et la redémarrer',
  'SQL Server Browser does not run on {1}, so nobody tells the port of the instance {2}':
    'SQL Server Browser ne fonctionne pas sur {1}, donc personne ne donne le port de l’instance {2}',
  'SQL Server Browser on {1} does not answer, so nobody tells the port of the instance {2}':
    'SQL Server Browser sur {1} ne répond pas, donc personne ne donne le port de l’instance {2}',
  // login-refusals.ts
  'the Windows account was refused: its name or password is wrong, or it is no login of this server':
    'le compte Windows a été refusé : son nom ou son mot de passe est faux, ou il n’est pas déclaré sur ce serveur',
  'check --user DOMAIN\\USER and the password, and that a DBA made the account or one of its groups a login; the server writes the exact reason to its own error log':
    'vérifier --user DOMAINE\\COMPTE et le mot de passe, et qu’un DBA a déclaré le compte, ou un de ses groupes, sur le serveur (CREATE LOGIN) ; le serveur écrit la raison exacte dans son propre journal d’erreurs',
  'the login was refused: user name or password is wrong, or the server takes Windows logins only':
    'l’identification a été refusée : le nom ou le mot de passe est faux, ou le serveur n’accepte que les comptes Windows',
  'check --user and the password (both count letter case), and that the server takes SQL Server logins (mixed mode); the server writes the exact reason to its own error log, as the state of error 18456':
    'vérifier --user et le mot de passe (majuscules et minuscules), et que le serveur accepte les comptes SQL Server (mode mixte) ; le serveur écrit la raison exacte dans son propre journal d’erreurs, comme état de l’erreur 18456',
  'the server does not trust the Windows account: its password or domain is wrong, or the domain is foreign':
    'le serveur ne fait pas confiance au compte Windows : son mot de passe ou son domaine est faux, ou le domaine est étranger',
  'check --user DOMAIN\\USER and the password; from outside the domain use a SQL Server login (--auth sql)':
    'vérifier --user DOMAINE\\COMPTE et le mot de passe ; hors du domaine, utiliser un compte SQL Server (--auth sql)',
  'the database {1} cannot be opened: it does not exist, or this login may not use it':
    'la base de données {1} ne peut pas être ouverte : elle n’existe pas, ou ce compte ne peut pas l’utiliser',
  'check --database; let a DBA map the login to a user of that database':
    'vérifier --database ; faire associer par un DBA le compte à un utilisateur de cette base',
  'the server is starting, stopping or paused and takes no logins':
    'le serveur démarre, s’arrête ou est en pause et n’accepte aucune connexion',
  'try again when it is up': 'réessayer quand il est en marche',
  'the database is in recovery or being restored': 'la base de données est en récupération ou en restauration',
  'try again when it is online': 'réessayer quand elle est en ligne',
  'the database is an Always On secondary here, which takes no changes':
    'la base de données est ici un réplica secondaire Always On, qui n’accepte aucun changement',
  'give the name of the availability group listener, or of the primary replica, as --server':
    'donner comme --server le nom de l’écouteur du groupe de disponibilité, ou du réplica principal',
  'the service is busy or moves the database': 'le service est occupé ou déplace la base de données',
  'try again in a minute': 'réessayer dans une minute',
  'the database is in single-user mode and somebody else holds it':
    'la base de données est en mode mono-utilisateur et quelqu’un d’autre l’occupe',
  'end the maintenance first, or let a DBA set it back: ALTER DATABASE … SET MULTI_USER':
    'terminer d’abord la maintenance, ou faire rétablir par un DBA : ALTER DATABASE … SET MULTI_USER',
  'the database is offline': 'la base de données est hors ligne',
  'let a DBA bring it online: ALTER DATABASE … SET ONLINE':
    'la faire remettre en ligne par un DBA : ALTER DATABASE … SET ONLINE',
  'the database cannot be opened: files, memory or disk space are missing':
    'la base de données ne peut pas être ouverte : il manque des fichiers, de la mémoire ou de l’espace disque',
  'let a DBA look at it': 'faire examiner par un DBA',
  'the database was made by a newer SQL Server and cannot be opened by this one':
    'la base de données vient d’un SQL Server plus récent et ne peut pas être ouverte par celui-ci',
  'give the server that holds it as --server': 'donner comme --server le serveur qui la contient',
  'the availability replica is changing its role, and its database cannot be reached':
    'le réplica de disponibilité change de rôle, et sa base de données est inaccessible',
  'try again in a minute; give the name of the availability group listener as --server':
    'réessayer dans une minute ; donner comme --server le nom de l’écouteur du groupe de disponibilité',
  'the default database of the login cannot be opened':
    'la base de données par défaut du compte ne peut pas être ouverte',
  'let a DBA change it: ALTER LOGIN … WITH DEFAULT_DATABASE = master':
    'la faire changer par un DBA : ALTER LOGIN … WITH DEFAULT_DATABASE = master',
  'the login took the server too long': 'l’identification a pris trop de temps au serveur',
  'try again; the server or its domain controller is overloaded':
    'réessayer ; le serveur ou son contrôleur de domaine est surchargé',
  'Windows refused the account during the handshake': 'Windows a refusé le compte pendant la négociation',
  'check --user DOMAIN\\USER and the password; the Windows event log of the server tells the reason':
    'vérifier --user DOMAINE\\COMPTE et le mot de passe ; le journal d’événements Windows du serveur en donne la raison',
  'the server has as many connections as it may have': 'le serveur a autant de connexions qu’il peut en avoir',
  'try again when others have left': 'réessayer quand d’autres seront partis',
  'the server is in single-user mode and somebody else holds the one connection':
    'le serveur est en mode mono-utilisateur et quelqu’un d’autre occupe la seule connexion',
  'end the maintenance on the server first': 'terminer d’abord la maintenance du serveur',
  'the login is disabled': 'le compte est désactivé',
  'let a DBA enable it: ALTER LOGIN … ENABLE': 'le faire activer par un DBA : ALTER LOGIN … ENABLE',
  'the login is locked after too many wrong passwords': 'le compte est verrouillé après trop de mots de passe faux',
  'let a DBA unlock it: ALTER LOGIN … WITH PASSWORD = … UNLOCK':
    'le faire déverrouiller par un DBA : ALTER LOGIN … WITH PASSWORD = … UNLOCK',
  'the password has expired': 'le mot de passe a expiré',
  'change the password with another client, then try again':
    'changer le mot de passe avec un autre client, puis réessayer',
  'the password must be changed before the first use': 'le mot de passe doit être changé avant la première utilisation',
  'the service knows no such server': 'le service ne connaît pas ce serveur',
  'give the full name as --server, such as NAME.database.windows.net, and the login as --user LOGIN@NAME':
    'donner comme --server le nom complet, comme NOM.database.windows.net, et le compte sous la forme --user COMPTE@NOM',
  'the firewall of the service does not let this workstation in':
    'le pare-feu du service ne laisse pas entrer ce poste',
  'let its administrator add the address in the message to the firewall rules of the server':
    'faire ajouter par son administrateur l’adresse du message aux règles de pare-feu du serveur',
  'the service does not let the network of this workstation in':
    'le service ne laisse pas entrer le réseau de ce poste',
  'let its administrator add a virtual network rule':
    'faire ajouter par son administrateur une règle de réseau virtuel',
  'the service takes no connections from the public network':
    'le service n’accepte aucune connexion depuis le réseau public',
  'connect over its private endpoint, or let its administrator allow public access':
    'passer par son point de terminaison privé, ou faire autoriser l’accès public par son administrateur',
  // tls-failures.ts
  'or, where nobody can get between, accept any certificate with --trust-server-certificate':
    'ou, là où personne ne peut s’interposer, accepter tout certificat avec --trust-server-certificate',
  'or leave out --server-ca, to use the authorities that this computer trusts':
    'ou omettre --server-ca, pour utiliser les autorités auxquelles cet ordinateur fait confiance',
  'the certificate of the server is self-signed, as SQL Server makes it when it has been given none':
    'le certificat du serveur est autosigné, comme SQL Server le fait quand il n’en a pas reçu',
  'the certificate of the server is self-signed, and is not the one in --server-ca':
    'le certificat du serveur est autosigné, et n’est pas celui de --server-ca',
  'give that certificate, fetched from the server itself, as a PEM file with --server-ca FILE (best)':
    'donner ce certificat, pris sur le serveur lui-même, en fichier PEM avec --server-ca FICHIER (le mieux)',
  'the certificate of the server is signed by an authority that this computer does not trust':
    'le certificat du serveur est signé par une autorité à laquelle cet ordinateur ne fait pas confiance',
  'the certificate of the server is not signed by the authority in --server-ca':
    'le certificat du serveur n’est pas signé par l’autorité de --server-ca',
  'give the certificate of that authority (the root, and what lies between if the server does not send it) as a PEM file with --server-ca FILE (best)':
    'donner le certificat de cette autorité (la racine, et les intermédiaires si le serveur ne les envoie pas) en fichier PEM avec --server-ca FICHIER (le mieux)',
  'the certificate of the server is not for {1}': 'le certificat du serveur n’est pas fait pour {1}',
  'the certificate of the server is not for {1} but for {2}':
    'le certificat du serveur n’est pas fait pour {1} mais pour {2}',
  'let a DBA give the server a certificate for its name': 'faire donner au serveur par un DBA un certificat à son nom',
  'give the server by a name in its certificate: --server NAME (the name must lead to it)':
    'désigner le serveur par un nom de son certificat : --server NOM (ce nom doit mener à lui)',
  'the certificate of the server is too weak for today: a short key, or signed with SHA-1 or MD5':
    'le certificat du serveur est trop faible aujourd’hui : clé courte, ou signature SHA-1 ou MD5',
  'let a DBA give the server a new certificate': 'faire donner au serveur par un DBA un nouveau certificat',
  'let a DBA give the server a new certificate; until then --tls-legacy accepts a weak one':
    'faire donner au serveur par un DBA un nouveau certificat ; d’ici là --tls-legacy en accepte un faible',
  'the certificate of the server, or of its authority, has expired':
    'le certificat du serveur, ou de son autorité, a expiré',
  'let a DBA give the server a new one; check the clock of this computer':
    'faire donner au serveur par un DBA un nouveau certificat ; vérifier l’horloge de cet ordinateur',
  'the certificate of the server is not valid yet': 'le certificat du serveur n’est pas encore valide',
  'check the clock of this computer, and that of the server':
    'vérifier l’horloge de cet ordinateur, et celle du serveur',
  'the certificate of the server has been revoked': 'le certificat du serveur a été révoqué',
  'the signature of the certificate is wrong': 'la signature du certificat est fausse',
  'see that --server-ca holds the authority in use now; something may be between this computer and the server':
    'vérifier que --server-ca contient l’autorité actuelle ; quelque chose s’interpose peut-être entre cet ordinateur et le serveur',
  'the certificate of the server is not meant for servers': 'le certificat du serveur n’est pas destiné aux serveurs',
  'let a DBA give the server one with the purpose "server authentication"':
    'faire donner au serveur par un DBA un certificat destiné à l’authentification du serveur',
  'TLS could not be agreed with the server, not even TLS 1.0 with weak ciphers':
    'aucun accord TLS avec le serveur, pas même TLS 1.0 avec des chiffrements faibles',
  'the Windows event log of the server (Schannel) tells the reason':
    'le journal d’événements Windows du serveur (Schannel) en donne la raison',
  'TLS could not be agreed with the server: it is limited to TLS 1.0 or 1.1, or to ciphers or keys that are too weak':
    'aucun accord TLS avec le serveur : il est limité à TLS 1.0 ou 1.1, ou à des chiffrements ou des clés trop faibles',
  'install the update that brings the server TLS 1.2 (best)':
    'installer la mise à jour qui apporte TLS 1.2 au serveur (le mieux)',
  'or accept the weakness with --tls-legacy': 'ou accepter la faiblesse avec --tls-legacy',
};
