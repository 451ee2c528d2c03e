/** What is counted, by whoever counts it. */
import type { Catalogue } from '../language.ts';

export const NOUNS: Catalogue = {
  'key|keys': 'clé|clés',
  'column|columns': 'colonne|colonnes',
  'row|rows': 'ligne|lignes',
  'more check|more checks': 'autre contrôle|autres contrôles',
  'segment|segments': 'segment|segments',
  'retry|retries': 'nouvelle tentative|nouvelles tentatives',
  'day|days': 'jour|jours',
  'batch|batches': 'lot|lots',
  'live row|live rows': 'ligne en service|lignes en service',
  'target|targets': 'cible|cibles',
  // census-page.ts
  'other row|other rows': 'autre ligne|autres lignes',
};
