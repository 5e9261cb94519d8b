"""What the columns of an order sheet tell, and the headings under which they were seen."""

from loaders.amounts import MONEY, NUMBER, SHARE, TOLERANCE
from loaders.cells import NAME
from loaders.days import DAY
from loaders.shape import Field

FIELDS = (
    Field(
        "number",
        "an order number",
        "SO Number, Order Number, Sales Order, Sales Order Number, Order No, Order, "
        "Order ID, SO, SO #, Order Reference, Job, Job Number, Work Order, "
        "Auftragsnummer, Auftragsnr, Auftrags-Nr, Auftrag Nr, Auftrag, Bestellnummer, "
        "Bestellnr, Bestell-Nr, Bestellung, Número de pedido, Numéro de commande",
        required=True,
    ),
    Field(
        "series",
        "which numbers it is one of, where two orders may have one number",
        "",
    ),
    Field(
        "line",
        "a line number",
        "Line, Line Number, Line No, SO Line, Item Number, Order Line, Line Item, Pos, "
        "Position, Pos Nr, Positionsnummer",
    ),
    Field(
        "ordered_on",
        "the day of the order",
        "Order Date, Date Ordered, Ordered, SO Date, Sales Order Date, Entry Date, Date"
        " Entered, Booked Date, Booking Date, Created Date, Date, Auftragsdatum, "
        "Bestelldatum, Bestellt am, Datum, Fecha de pedido, Fecha del pedido, Date de commande",
        DAY,
        required=True,
    ),
    Field(
        "customer_id",
        "a customer number",
        "Customer ID, Customer Number, Customer Code, Customer No, Account Number, "
        "Account ID, Cust ID, Client ID, Sold To ID, Kundennummer, Kundennr, "
        "Kunden-Nr, Kunden ID",
    ),
    Field(
        "customer",
        "a customer",
        "Customer Name, Customer, Company Name, Company, Client, Client Name, Sold To, "
        "Bill To, Account Name, Account, Buyer, Kunde, Kundenname, Firma, "
        "Besteller, Auftraggeber, Cliente, Nom du client",
    ),
    Field(
        "part",
        "a part number",
        "Part Number, Part No, Part, Part ID, Item Code, Item, Item No, Product ID, "
        "SKU, Product, Product Code, Material Number, Artikelnummer, Artikelnr, "
        "Artikel-Nr, Teilenummer, Teilenr, Teile-Nr, Sachnummer, Zeichnungsnummer, Artikel, "
        "Teil, Referencia, Référence",
    ),
    Field(
        "description",
        "what the part is",
        "Part Description, Description, Item Description, Product Name, "
        "Artikelbezeichnung, Bezeichnung, Benennung, Beschreibung",
    ),
    Field(
        "process",
        "a process",
        "Process, Main Process, Work Center, Work Centre, Operation, Department, "
        "Process Type, Machining Process, Verfahren, Fertigungsverfahren, Bearbeitung, "
        "Arbeitsgang, Arbeitsplatz, Maschinengruppe",
        NAME,
    ),
    Field(
        "material",
        "a material",
        "Material, Raw Material, Material Grade, Alloy, Stock, Material Spec, Werkstoff, Legierung",
        NAME,
    ),
    Field(
        "finish",
        "a finish",
        "Finish, Surface Finish, Finishing, Surface Treatment, Coating, Plating, "
        "Outside Process, Oberfläche, Oberflächenbehandlung, Beschichtung",
        NAME,
    ),
    Field(
        "tolerance",
        "a tolerance",
        "Tolerance, Tightest Tolerance, Tol, Tolerances, Min Tolerance, Toleranz, Toleranzen",
        TOLERANCE,
    ),
    Field(
        "quantity",
        "a quantity",
        "Qty Ordered, Quantity, Qty, Order Qty, Order Quantity, Quantity Ordered, "
        "Ordered Qty, Lot Size, Pieces, Pcs, Menge, Bestellmenge, Auftragsmenge, Stückzahl, "
        "Stück, Losgröße, Anzahl, Cantidad, Quantité",
        NUMBER,
        required=True,
    ),
    Field(
        "unit_price",
        "a price",
        "Unit Price, Price, Price Each, Sales Price, Unit Sell Price, Piece Price, "
        "Rate, Unit Amount, Einzelpreis, Stückpreis, Preis pro Stück, "
        "Preis, Precio unitario, Prix unitaire",
        MONEY,
    ),
    Field(
        "amount",
        "an amount",
        "Amount, Line Total, Extended Price, Ext Price, Line Amount, Total, Total "
        "Price, Subtotal, Extended Amount, Net Amount, Betrag, Positionswert, Gesamtpreis, "
        "Gesamt, Nettobetrag, Netto, Summe, Wert, Importe, Montant",
        MONEY,
    ),
    Field(
        "discount",
        "a discount",
        "Discount, Discount %, Discount Pct, Discount Percent, Disc %, Rabatt, Rabatt %",
        SHARE,
    ),
    Field(
        "currency",
        "a currency",
        "Currency, Currency Code, Curr, Währung",
    ),
    Field(
        "minutes",
        "machine minutes of one piece",
        "Est Minutes, Estimated Minutes, Minutes, Cycle Time, Cycle Minutes, Run "
        "Minutes, Minutes Each, Minutes Per Piece, Machine Minutes, Stückzeit, "
        "Minuten pro Stück, Maschinenminuten",
        NUMBER,
    ),
    Field(
        "hours",
        "machine hours of the whole lot, set-up included",
        "Est Hours, Estimated Hours, Est Total Hrs, Total Estimated Hours, Estimated Total "
        "Hours, Machine Hours",
        NUMBER,
    ),
    Field(
        "promised_on",
        "the day promised",
        "Promise Date, Promised Date, Promised, Due Date, Delivery Date, Required Date,"
        " Need Date, Ship By, Liefertermin, Wunschtermin, Lieferdatum, Termin",
        DAY,
    ),
    Field(
        "shipped_on",
        "the day shipped",
        "Ship Date, Shipped Date, Shipped, Date Shipped, Actual Ship Date, Delivered, "
        "Delivered Date, Geliefert am, Versendet am, Versanddatum, Ausgeliefert",
        DAY,
    ),
    Field(
        "status",
        "a status",
        "Status, Order Status, Line Status, State",
    ),
    Field(
        "note",
        "what is written about it",
        "Notes, Note, Comments, Comment, Remarks, Line Notes, Order Notes, Bemerkung, "
        "Bemerkungen, Notiz, Notizen, Kommentar, Hinweis",
    ),
    Field(
        "site",
        "one of our plants",
        "Site, Plant, Facility, Location, Warehouse, Werk, Standort, Lager",
    ),
)
