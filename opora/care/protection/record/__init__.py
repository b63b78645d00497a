"""The record of processing activities (Регламент (ЕС) 2016/679, чл. 30), made from the dictionary of Opora's data."""
