/**
 * Words of column names in English, German, French, Spanish, Portuguese, Italian and Dutch, without marks over letters. A name
 * means something if one of its patterns fits the small words of the name.
 */
export type Meaning =
  | "customer"
  | "anyId"
  | "invoice"
  | "date"
  | "product"
  | "productName"
  | "category"
  | "quantity"
  | "price"
  | "amount"
  | "discount"
  | "region"
  | "campaign"
  | "sent"
  | "opened"
  | "clicked"
  | "converted"
  | "sessions"
  | "pages"
  | "carts"
  | "seconds"
  | "page"
  | "session"
  | "event"
  | "follows"
  | "shares"
  | "mentions"
  | "start"
  | "end"
  | "plan"
  | "status"
  | "ticket"
  | "topic"
  | "complaint"
  | "closed"
  | "satisfaction"
  | "nps"
  | "joined"
  | "birthYear"
  | "birthDate"
  | "age"
  | "outcome"
  | "code"
  | "recency"
  | "countWord"
  | "money"
  | "demographic"
  | "sensitive";

const id = "(id|ids|no|nr|num|number|key|code|nummer|numero|kennung|identifier|ref|codigo|cle)";
const person =
  "(customer|cust|client|clients|kunde|kunden|kund|cliente|clientes|klant|user|member|mitglied|shopper|buyer|kaeufer|account|konto|patient|guest|visitor|respondent|teilnehmer|household|donor|subscriber|abonne|usuario|utilisateur|acheteur|comprador|socio|membro|contact)";
const order =
  "(invoice|order|receipt|transaction|basket|bon|beleg|rechnung|rechnungs|bestell|bestellung|bestellungs|auftrag|auftrags|facture|commande|pedido|compra|factura|fatura|ticket|sale|document|purchase|encomenda|ordine|bestelling)";
const date =
  "(date|day|datum|tag|fecha|data|jour|dia|time|timestamp|zeit|zeitpunkt|datetime|heure|hora|giorno)";

const patterns: Readonly<Record<Meaning, string>> = {
  customer: `^${person}( ?${id})?$|^${id} (de |do |du )?${person}$|^(customer|kunden|client|klant|user)${id}$|^(cid|uid|userid|customerid)$`,
  anyId: `^id$|\\b${id}$|^${id}\\b|^(uuid|guid|row|index|unnamed 0)$`,
  invoice: `^${order}s? ?${id}$|^${id} (de |da |du )?${order}$|^(invoice|order|receipt|beleg|rechnung|bestellung|facture|commande|pedido|factura|fatura|belegnr|bestellnr|rechnungsnr|bestellnummer|rechnungsnummer|auftragsnummer)$`,
  date: `\\b${date}\\b|datum$|\\b(month|monat|mois|mes|quarter|quartal|trimestre|week|woche|semaine|semana|created|ordered|sent on|at)\\b`,
  product: `^(stock|product|item|article|artikel|produkt|produit|producto|produto|sku|ean|gtin)s? ?${id}$|^(sku|ean|gtin|product|item|article|artikel|produkt|produit|producto|produto|artikelnr|artikelnummer|stockcode)$`,
  productName:
    "\\b(description|beschreibung|bezeichnung|libelle|designation|descripcion|descricao|product name|item name|produktname|artikelname|titel|title)\\b",
  category:
    "\\b(category|categories|kategorie|warengruppe|sortiment|categorie|categoria|department|abteilung|rayon|departamento|familie|famille|familia|segment|product type|produktgruppe)\\b",
  quantity:
    "\\b(quantity|qty|menge|anzahl|stueck|stueckzahl|quantite|qte|cantidad|quantidade|units|pieces|count|aantal|quantita)\\b",
  price: "\\b(price|preis|einzelpreis|stueckpreis|prix|precio|preco|unit cost|prezzo|prijs)\\b|preis$",
  amount:
    "\\b(amount|total|revenue|sales|value|turnover|spend|spent|paid|umsatz|betrag|summe|wert|gesamt|montant|ca|importe|valor|ingresos|receita|gasto|bedrag|omzet|importo)\\b|(betrag|umsatz|summe)$",
  discount: "\\b(discount|rabatt|nachlass|remise|reduction|descuento|desconto|sconto|korting)\\b",
  region:
    "\\b(country|region|land|state|province|bundesland|pays|departement|pais|estado|provincia|regiao|city|stadt|ort|ville|ciudad|cidade|regione)\\b|region$",
  campaign: "\\b(campaign|cmp|kampagne|campagne|campana|campanha|mailing|newsletter|promotion|aktion)\\b",
  sent: "^(sent|send|delivered|versendet|gesendet|zugestellt|envoye|envoyes|enviado|enviados)$",
  opened: "^(opened|opens|open|geoeffnet|ouvert|ouverts|abierto|abiertos|aberto|abertos)$",
  clicked: "^(clicked|clicks|click|geklickt|klicks|clic|clics|clique|cliques|clicado)$",
  converted:
    "^(converted|conversion|conversions|bought|purchased|konvertiert|gekauft|converti|convertido|convertidos|comprado|responded)$",
  sessions: "\\b(sessions|visits|besuche|sitzungen|visites|visitas|sesiones|sessoes)\\b",
  pages: "\\b(pages|pageviews|page views|seiten|seitenaufrufe|paginas)\\b",
  carts: "\\b(carts|cart adds|add to cart|warenkoerbe|warenkorb|paniers|carritos|carrinhos)\\b",
  seconds: "^(seconds|duration|dwell time|verweildauer|duree|duracion|duracao)( seconds| s)?$",
  page: "^(page|url|path|seite|page url|pagina)$",
  session: "^(session|sitzung|sesion|sessao)( id)?$",
  event: "^(event|ereignis|evenement|evento|action|event type|event name)$",
  follows: "\\b(follows|followed|following|folgt|abonnements|sigue|segue)\\b",
  shares: "\\b(shares|shared|geteilt|partages|compartidos|compartilhamentos)\\b",
  mentions: "\\b(mentions|mentioned|erwaehnungen|menciones|mencoes)\\b",
  start:
    "\\b(start|start date|begin|beginn|vertragsbeginn|debut|inicio|from|valid from|started|subscribed)\\b",
  end: "\\b(end|end date|ende|vertragsende|fin|fim|to|until|valid to|ended|cancelled|canceled|expires)\\b",
  plan: "\\b(plan|tarif|tariff|abo|subscription|abonnement|suscripcion|assinatura|package|vertrag)\\b",
  status: "\\b(status|state|zustand|etat|estado|statut)\\b",
  ticket: `^(ticket|case|vorgang|fall|request)( ?${id})?$`,
  topic: "\\b(topic|subject|thema|betreff|sujet|asunto|assunto|reason|grund)\\b",
  complaint: "\\b(complaint|complain|complaints|beschwerde|reklamation|reclamation|queja|reclamacao)\\b",
  closed: "\\b(closed|resolved|geloest|geschlossen|ferme|cerrado|fechado)\\b",
  satisfaction: "\\b(satisfaction|csat|zufriedenheit|satisfaccion|satisfacao|rating)\\b",
  nps: "\\b(nps|recommend|weiterempfehlung|recommandation)\\b",
  joined:
    "\\b(joined|join|registered|registration|signup|sign up|since|member since|eintritt|anmeldung|registriert|angelegt|inscription|adhesion|alta|registro|cadastro|dt customer|customer since|opened on|created)\\b",
  birthYear:
    "\\b(year (of )?birth|birth year|geburtsjahr|jahrgang|annee (de )?naissance|ano (de )?nacimiento|ano (de )?nascimento|yob)\\b",
  birthDate:
    "\\b(birth ?date|date of birth|dob|birthday|geburtsdatum|geburtstag|date (de )?naissance|fecha (de )?nacimiento|data (de )?nascimento)\\b",
  age: "^(age|alter|edad|idade|eta|leeftijd)( years| jahre)?$|^age in years$",
  outcome:
    "^(response|responded|churn|churned|converted|target|label|outcome|exited|attrition|default|accepted.*|bought.*|reaktion|antwort|kuendigung|gekuendigt|resultado)$|\\b(accepted|churn)\\b",
  code: "\\b(channel|kanal|canal|region|type|typ|tipo|class|klasse|classe|group|gruppe|groupe|grupo|code|zip|plz|postal|status|store|shop|filiale|branch|gender|sex|cluster|segment|zone|area|sector|flag|kind|category)( id| code| nr| no)?$",
  recency: "\\b(recency|days since|tage seit|jours depuis|dias desde)\\b",
  countWord: "^(num|number|count|n|nb|anzahl|anz|nombre|numero|mnt|amt|amount|total|sum|avg|mean)\\b",
  money:
    "\\b(income|salary|revenue|spend|spent|sales|value|balance|mnt|amount|amt|einkommen|gehalt|umsatz|betrag|revenu|salaire|solde|montant|ingresos|salario|saldo|gasto|renda|receita|valor)\\b",
  demographic:
    "\\b(income|salary|kids?|kidhome|teens?|teenhome|children|kinder|enfants|hijos|filhos|education|marital|household|dependents|einkommen|gehalt|revenu|ingresos|renda|occupation|beruf)\\b",
  sensitive:
    "\\b(gender|sex|geschlecht|sexe|sexo|genero|age|alter|edad|idade|birth|geburtsjahr|naissance|nacimiento|nascimento|religion|religious|konfession|ethnicity|ethnic|race|nationality|nationalitaet|nationalite|health|gesundheit|sante|salud|saude|disability|disease|krankheit|political|party|union|orientation|pregnant)\\b",
};

const compiled = new Map<string, RegExp>();

/** Whether the small words of a column name say this. */
export function means(words: string, meaning: Meaning): boolean {
  let pattern = compiled.get(meaning);
  if (pattern === undefined) {
    pattern = new RegExp(patterns[meaning]);
    compiled.set(meaning, pattern);
  }
  return pattern.test(words);
}
