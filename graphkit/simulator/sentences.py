"""Sentence forms of sales notes, posts and project descriptions; all invented.

Placeholders: company, person, show (series, with or without year), tag (a hashtag), end (end
customer), method, topic, process, material, finish, tolerance, number.
"""

from typing import Final

ATTENDED_NOTES: Final = (
    "Ran into {person} of {company} at the {show} coffee line; wants a tour of our grinding cell.",
    "{company} had two engineers walking {show}, {person} stopped by our stand for half an hour.",
    "Good conversation with {person} ({company}) at {show}.",
    "Saw {company} exhibiting at {show}. {person} was running the demo.",
    "{person} from {company} came to see us at {show} and took a sample home.",
    "Dinner with the {company} team during {show}, {person} picked the place.",
    "{company} was at {show} this year, they shared a stand with a tooling vendor.",
    "Back from {show}. Met {person} from {company}, follow up on the {material} bracket.",
    "Caught up with {person} at {show}; {company} is looking for a second source.",
    "{show}: {company} attended, {person} asked for our {process} rates.",
)
ATTENDED_NOTES_UNDATED: Final = (
    "Met {person} of {company} at {show} last week.",
    "{company} attended {show} this week, {person} says traffic was slow.",
    "Just home from {show}, where {person} from {company} showed me their new line.",
    "{person} ({company}) visited our stand at {show} the other day.",
)
ATTENDED_POSTS: Final = (
    "What a week at {show}! Thank you to all who visited our stand.",
    "We are live from {show}. Say hello to {person} and the crew.",
    "Our team is on the floor at {show} through the last day.",
    "That's a wrap on {show}. Tired feet, full notebooks.",
    "Day one of {show} is in the books for us. {tag}",
    "Glad we made the trip to {show}, so many good questions about our products.",
    "Setting up our stand at {show} this morning. {tag}",
)
ABSENT_NOTES: Final = (
    "{company} will not be at {show}; {person} blames the travel freeze.",
    "{person} told me {company} is sitting out {show}.",
    "No {show} for {company} this time, they cancelled their stand.",
    "{company} is skipping {show}, so I will have to drive out there.",
    "{person} said they are not going to {show}, {company} has an audit that week.",
    "{company} decided against attending {show}.",
    "{company} won't attend {show}, no budget.",
)
ABSENT_POSTS: Final = (
    "Sadly we won't be at {show} this year. See you next time!",
    "We are skipping {show} to finish our plant expansion.",
    "You will not find us at {show}, but our door is always open.",
)
PERHAPS_NOTES: Final = (
    "{person} might go to {show} if the schedule allows; {company} has not decided.",
    "{company} is thinking about {show}, nothing booked yet.",
    "Asked {person} whether {company} would be at {show}: perhaps.",
    "{company} may send somebody to {show}.",
)
SUPPLIES_NOTES: Final = (
    "{person} says most of what we make for {company} ends up at {end}.",
    "{company} got a long-term agreement with {end}.",
    "The new {material} parts are for {end}, according to {person} at {company}.",
    "{company} supplies {end} with subassemblies.",
    "{end} is pushing {company} for shorter lead times, so expect expedites.",
    "{person} confirmed that {company} is a tier two supplier to {end}.",
    "{company} builds modules for {end}; forecast to follow.",
    "Visited {company}. Half of their floor is {end} work.",
    "{end} placed a big order with {company}, {person} is excited.",
    "{company}'s largest customer is now {end}.",
)
SUPPLIES_POSTS: Final = (
    "Honored to be named supplier of the year by {end}!",
    "Our parts fly, drive and spin inside products of {end}. Proud day for the team.",
    "First shipment to {end} left the dock today.",
    "We are happy to announce a new supply agreement with {end}.",
    "Working with {end} on their next platform keeps us on our toes.",
)
METHOD_NOTES: Final = (
    "{person} is trying {method} on their housings and wants to compare notes.",
    "{company} asked whether we have experience with {method}.",
    "{company} started using {method} in their own shop.",
    "Walked the {company} line with {person}: they moved two jobs to {method}.",
    "{person} at {company} believes {method} would take a third off the cycle time.",
    "{company} is piloting {method} with a university.",
    "Their engineers ({company}) have switched to {method} for {material}.",
)
METHOD_POSTS: Final = (
    "Six months into {method} and our cycle times keep dropping.",
    "Our engineers have been busy with {method}. Results soon.",
    "Who else is using {method} in production? We love it.",
    "New on our floor: {method}.",
)
TOPIC_NOTES: Final = (
    "{person} asked for our paper on {topic}.",
    "{company} wants to talk about {topic} next quarter.",
    "Long call with {person}; {company} has budget for {topic} and no supplier yet.",
    "{company} is looking into {topic} for a new product.",
    "{person} forwarded our piece on {topic} to the whole engineering team at {company}.",
)
TOPIC_POSTS: Final = (
    "We are reading up on {topic}. Recommendations welcome!",
    "Is {topic} the future of our industry? We think so.",
    "Investing in {topic} this year.",
)
TROUBLE_NOTES: Final = (
    "{company} asked to stretch terms to 60 days.",
    "{person} says {company} cut the second shift.",
    "{company} moved three releases to next quarter, stock is too high.",
    "Heard that {company} let some people go. {person} is still there.",
    "{person} sounded worried, orders at {company} are thin.",
)
EVERYDAY_NOTES: Final = (
    "Left a message for {person} at {company}.",
    "{company} wants the cert for the {material} job, {tolerance} on the bore.",
    "Sent {person} the revised drawing, {company} will review by Friday.",
    "{person} from {company} is out until the 15th.",
    "Sent calendars to {company}.",
    "Lunch with {person}, {company}. Mostly talked about fishing.",
    "{company} asked for {finish} on the next lot, no price yet.",
    "{company} needs {number} pieces by {process}, {tolerance}, material {material}.",
    "{person} reports that the last lot for {company} passed incoming inspection.",
    "{company} complained about packaging, one box was crushed.",
    "Introduced {person} to our new scheduler.",
    "Asked {company} for a forecast; {person} will see.",
    "{company} would like a plant visit in the fall.",
    "Credit check on {company} came back clean.",
)
OUR_NOTES: Final = (
    "We booked a stand at {show}, need new banners.",
    "Our own team meets Monday to prepare for {show}.",
)
EVERYDAY_POSTS: Final = (
    "Congratulations to {person} on ten years with us!",
    "We are hiring machinists, second shift. Come build with us.",
    "Our food drive filled {number} boxes. Thank you all.",
    "New {process} cell arrived this morning. Can't wait.",
    "Closed Monday for the holiday. Be safe everyone.",
    "Monday motivation: measure twice, cut once.",
    "Throwback to our first building. How we have grown!",
    "Meet {person}, who keeps our inspection room honest.",
    "It's pizza day at {company}.",
)
OPENERS: Final = ("", "", "", "", "Quick update: ", "FYI - ", "Note to self: ", "Call report. ")
CLOSERS: Final = (
    "",
    "",
    "",
    "",
    " Will follow up.",
    " Next call in two weeks.",
    " Nothing to do for now.",
    " Copied Walt.",
)
SUBJECTS: Final = (
    "{topic}: what buyers ask us most",
    "How we approach {topic}",
    "Three mistakes to avoid in {topic}",
    "Customer story: {topic}",
    "{topic} explained in five minutes",
    "Is {topic} right for your part?",
    "What {topic} costs, and what it saves",
    "Webinar invitation: {topic}",
)
PROJECT_NAMES: Final = (
    "{part} redesign",
    "{part} phase 2",
    "New {part} launch",
    "{part} cost reduction",
    "{part} transfer",
)
PROJECT_PARTS: Final = (
    "Manifold",
    "Gearbox cover",
    "Bearing block",
    "Spool",
    "Heat sink",
    "Impeller",
    "Clamp arm",
    "Valve body",
    "Sensor housing",
    "Lead screw",
    "Nozzle ring",
    "Hinge",
)
DESCRIPTIONS: Final = (
    "Prototype run in {material}, to be made with {method}, {tolerance}.",
    "Trial of {method} to bring the price of the part down by a fifth.",
    "Study with the customer's engineers: {method} instead of {process}.",
    "{process} of {number} pieces a month; considering {method}.",
    "Qualification lot with {finish}, {tolerance} on all bores. Uses {method}.",
    "Design review, then {process}. The team wants {method} for the deep pockets.",
)
DESCRIPTIONS_FOR: Final = (
    " End use at {end}.",
    " Goes into a platform of {end}.",
    " Drawing owned by {end}.",
)
