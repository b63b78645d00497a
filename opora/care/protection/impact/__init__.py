"""The impact assessment (Регламент (ЕС) 2016/679, чл. 35): risks to people, what Opora does about each, what the controller writes."""
