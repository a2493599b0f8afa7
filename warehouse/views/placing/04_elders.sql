SELECT younger AS document_id, elder AS elder_id FROM placing_pairs
UNION SELECT younger, elder FROM placing_lines
