"""Seats of government that stand for their country ("Downing Street said"): general knowledge, no story's.

They count only where the codebook names the country as an actor, and only where they do or say something.
Source: the common usage of English newspapers; houses first, then the capital.
"""

from __future__ import annotations

_TABLE = """
United States: White House, Oval Office, Washington
United Kingdom: Downing Street, Number 10, No 10, Whitehall, London
Britain: Downing Street, Number 10, No 10, Whitehall, London
Russia: Kremlin, Moscow
France: Élysée, Elysée, Elysee, Quai d'Orsay, Paris
Germany: Berlin
Italy: Palazzo Chigi, Rome
Spain: Moncloa, Madrid
Portugal: Lisbon
Ireland: Dublin
Netherlands: The Hague
Belgium: Brussels
Austria: Ballhausplatz, Vienna
Switzerland: Bern
Poland: Warsaw
Hungary: Budapest
Greece: Athens
Sweden: Stockholm
Norway: Oslo
Denmark: Copenhagen
Finland: Helsinki
Ukraine: Bankova, Kyiv, Kiev
Serbia: Belgrade
Turkey: Ankara
Israel: Jerusalem
Egypt: Cairo
Jordan: Amman
Lebanon: Beirut
Syria: Damascus
Iraq: Baghdad
Iran: Tehran, Teheran
Saudi Arabia: Riyadh
Qatar: Doha
United Arab Emirates: Abu Dhabi
China: Zhongnanhai, Beijing
Japan: Kantei, Tokyo
South Korea: Blue House, Seoul
North Korea: Pyongyang
Taiwan: Taipei
India: New Delhi, Delhi
Pakistan: Islamabad
Bangladesh: Dhaka
Australia: Canberra
New Zealand: Beehive, Wellington
Canada: Ottawa
Mexico: Los Pinos
Brazil: Planalto, Brasília, Brasilia
Argentina: Casa Rosada, Buenos Aires
Chile: La Moneda
Venezuela: Miraflores, Caracas
Cuba: Havana
Colombia: Casa de Nariño, Bogotá, Bogota
South Africa: Union Buildings, Pretoria
Nigeria: Aso Rock, Abuja
Kenya: Nairobi
Ethiopia: Addis Ababa
Sudan: Khartoum
Philippines: Malacañang, Malacanang, Manila
Thailand: Bangkok
Vietnam: Hanoi
Indonesia: Jakarta
"""
SEATS: dict[str, tuple[str, ...]] = {
    country: tuple(seat.strip() for seat in seats.split(","))
    for country, seats in (line.split(":") for line in _TABLE.strip().splitlines())
}
"""Country as a codebook names it -> what its government is called by."""
