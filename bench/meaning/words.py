"""Words that tell questions apart, and words that tell nothing: English, German, French, Spanish,
Russian; Chinese and Japanese by characters. Folded, without accents."""

_TELLING = """
not no never none without nor cannot cant dont doesnt isnt arent wont except
nicht kein keine keinen keiner keines nie niemals ohne ausser
ne pas jamais sans aucun aucune sauf
nunca sin ningun ninguna salvo
не нет без никогда

all every each any some most few many both only also least more less than exactly always
sometimes
alle jede jeder jedes manche einige viele wenige beide nur auch mindestens hochstens mehr weniger
immer manchmal
tous toutes tout certains certaines plus moins seulement aussi toujours
todos todas todo algunos algunas mas menos solo tambien siempre
все некоторые только всегда более менее

before after above below first second third last next previous today tomorrow yesterday
vor nach uber unter erste zweite dritte letzte heute morgen gestern
avant apres dessus dessous premier deuxieme dernier aujourdhui demain hier
antes despues encima debajo primero segundo ultimo hoy manana ayer
до после выше ниже первый последний сегодня завтра вчера

is are was were has had will would did ended
ist sind war waren hat hatte wird wurde
est sont etait sera fut
es son fue era sera
был была было были будет

one two three four five six seven eight nine ten twelve twenty hundred thousand half twice
zwei drei vier funf sechs sieben acht neun zehn
deux trois quatre cinq sept huit neuf dix
dos tres cuatro cinco siete ocho nueve diez
два две три четыре пять десять

miles metres kilometres grams ounces kilograms litre gallon celsius fahrenheit kelvin inches feet
degrees minutes hours days weeks months years euros dollars
zoll meter zentimeter millimeter kilometer gramm tage wochen monate jahre minuten stunden
metres pieds mille grammes litres jours semaines mois ans
onzas gramos metros kilometros dias semanas meses

short briefly longer shorter detail table sentence sentences word words
kurz ausfuhrlich satz satzen
bref phrase phrases
breve frase frases

increase decrease best worst largest smallest highest lowest oldest newest cheaper dearer
allowed forbidden accepts declines enable disable
"""

_EMPTY = """
a an the of to in on at for with by from and or so that this it its my me i we you your do does
can could should would how what whats which who when where why is are am be please tell give show
hi hello hey thanks thank know like id would just me
der die das den dem des ein eine einen einem einer und oder zu in im am an auf fur mit von vom bei
ich mir mich du wie was welche welcher welches wer wann wo warum bitte hallo danke kann kannst
konnte mal denn ist sind wissen weisst erklaren erklare man
le la les un une des du de et ou a au aux en pour avec je me mon ma mes tu peux quel quelle quels
quelles qui quand comment pourquoi que quoi est sil te plait bonjour merci sais expliquer dis l d
qu m c
el los las una unos unas y o al del para con yo mi mis por favor hola gracias puedes explicar
como cual cuales quien cuando donde sabes que se
и или в на с по для я мне ли как какая какой какие кто когда где почему скажи пожалуйста что
"""

TELLING = frozenset(_TELLING.split()) | frozenset("不没未无非都些前后大小高低多少曾过全各每最")
EMPTY = frozenset(_EMPTY.split()) - TELLING | frozenset("请问告诉我的了吗呢是教えてくだいすかはを")
